using System.Collections.Immutable;
using Inkling.App.Running;
using Inkling.App.Training;
using Inkling.Mail;
using Inkling.Numerics;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>The mail model of a preset: how it is trained, and for the smallest also its widths, on mail that the user names.</summary>
/// <param name="preset">The preset that a trial begins with.</param>
/// <param name="epochs">Passes over the mail for a trial.</param>
/// <param name="summary">What is tuned.</param>
/// <param name="vary">What a trial changes of the preset.</param>
internal sealed class MailTask(TrainingPreset preset, int epochs, string summary, Func<Trial, TrainingPreset, TrainingPreset> vary)
    : TuneTask("mail-" + preset.Name, summary, Direction.Minimize)
{
    /// <summary>Widths and training of the smallest model.</summary>
    public static MailTask Nano => new(TrainingPreset.Nano, 3, "The mail model at the nano preset on mail named with --data; bits per character on the newest tenth.", (trial, preset) => Training(trial, preset) with
    {
        EmbeddingWidth = trial.Integer("embedding", 32, 128, step: 32),
        HiddenWidth = trial.Integer("hidden", 64, 256, step: 64),
    });

    /// <summary>Training of a model of the shipped one's size.</summary>
    public static MailTask Base => new(TrainingPreset.Base, 1, "How a model of the shipped one's size is trained, in one pass over mail named with --data; bits per character on the newest tenth.", Training);

    /// <inheritdoc/>
    public override ITuneObjective Prepare(TuneTaskData given)
    {
        if (given.Data.Count == 0) throw FailureException.Usage($"--task {Name} needs mail to train on: name files or folders with --data");
        return new Objective(this, MailPaths.Existing("--data", [.. given.Data]), given.Threads);
    }

    /// <inheritdoc/>
    public override string? PageOf(ImmutableSortedDictionary<string, ParameterValue> parameters)
        => "learn?values=" + Uri.EscapeDataString(TrainingValues.Of(parameters).ForGoingOn.Text);

    private static TrainingPreset Training(Trial trial, TrainingPreset preset) => preset with
    {
        LearningRate = trial.Float("learningRate", 5e-4, 0.05, Scale.Log),
        Dropout = trial.Float("dropout", 0, 0.4),
        Lanes = trial.Integer("lanes", 4, 64, Scale.Log),
        Steps = trial.Integer("steps", 16, 96, step: 16),
    };

    /// <summary>The preset with the values of a trial, which is asked for them.</summary>
    internal TrainingPreset Vary(Trial trial) => vary(trial, preset);

    private int Epochs => epochs;

    private sealed class Objective(MailTask task, string[] mail, int threads) : ITuneObjective
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
                    Epochs = task.Epochs,
                    Seed = 1,
                    Team = team,
                    Calibration = new CalibrationOptions { Positions = 200, Tokens = 500, Limit = TimeSpan.FromSeconds(1) },
                    Preset = task.Vary(trial),
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
