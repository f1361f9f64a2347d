using Inkling.App.Running;
using Inkling.Mail;
using Inkling.Numerics;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>The mail model at the smallest preset: its widths and how it is trained, on mail that the user names.</summary>
internal sealed class MailTask() : TuneTask("mail-nano", "The mail model at the nano preset on mail named with --data; bits per character on the newest tenth.", Direction.Minimize)
{
    private const int Epochs = 3;

    /// <inheritdoc/>
    public override ITuneObjective Prepare(TuneTaskData given)
    {
        if (given.Data.Count == 0) throw FailureException.Usage($"--task {Name} needs mail to train on: name files or folders with --data");
        return new Objective(MailPaths.Existing("--data", [.. given.Data]), given.Threads);
    }

    private sealed class Objective(string[] mail, int threads) : ITuneObjective
    {
        public async ValueTask<double[]> RunAsync(Trial trial, CancellationToken stop)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("inkling-tune-");
            using var team = new Team(threads);
            try
            {
                MailTrainingResult result = await new MailTraining(new MailTrainingOptions
                {
                    Mail = mail,
                    Out = folder.FullName,
                    Epochs = Epochs,
                    Seed = 1,
                    Team = team,
                    Calibration = new CalibrationOptions { Positions = 200, Tokens = 500, Limit = TimeSpan.FromSeconds(1) },
                    Preset = TrainingPreset.Nano with
                    {
                        LearningRate = trial.Float("learningRate", 5e-4, 0.05, Scale.Log),
                        Dropout = trial.Float("dropout", 0, 0.4),
                        EmbeddingWidth = trial.Integer("embedding", 32, 128, step: 32),
                        HiddenWidth = trial.Integer("hidden", 64, 256, step: 64),
                        Lanes = trial.Integer("lanes", 4, 32, Scale.Log),
                        Steps = trial.Integer("steps", 16, 64, step: 16),
                    },
                }).RunAsync(new Reports(trial), null, stop).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                return [result.BitsPerCharacter ?? double.NaN];
            }
            finally
            {
                folder.Delete(true);
            }
        }
    }

    // Called on the thread that trains: what is thrown ends the training.
    private sealed class Reports(Trial trial) : IProgress<TrainingReport>
    {
        private double? _last;
        private int _validations;

        public void Report(TrainingReport value)
        {
            if (value.BitsPerCharacter is not { } bits || bits == _last) return;
            _last = bits;
            trial.Report(bits, ++_validations);
            if (trial.ShouldPrune) trial.Prune();
        }
    }
}
