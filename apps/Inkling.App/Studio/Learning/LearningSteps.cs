using Inkling.Mail;
using Inkling.Numerics;
using Inkling.Training;

namespace Inkling.App.Studio.Learning;

/// <summary>The steps of learning as the program does them: reader, training and evaluation of <c>Inkling.Mail</c>.</summary>
internal sealed class LearningSteps : ILearningSteps, IDisposable
{
    // Short mail counts as well, and of long mail the beginning is enough: about half a minute on two cores.
    private static readonly EvaluationOptions ScoreOptions = new() { Mails = 40, MinCharacters = 2, MaxCharacters = int.MaxValue, TypedCharacters = 250 };

    // One core stays free for the completions that are asked for meanwhile.
    private readonly Lazy<Team> _team = new(() => new Team(Math.Max(1, Environment.ProcessorCount - 1)));

    /// <inheritdoc/>
    public Task<DividedMail> PrepareAsync(MailChoice choice, string folder, Action<MailUnderstanding> progress, CancellationToken stop)
        => Task.Run(() => MailPreparation.Run(choice, folder, progress, stop), stop);

    /// <inheritdoc/>
    public async Task TeachAsync(LearningPlan plan, string mailFile, string outFolder, Action<TeachingReport> progress, PauseGate pause, CancellationToken stop)
    {
        var training = new MailTraining(new MailTrainingOptions
        {
            Mail = [mailFile],
            Out = outFolder,
            From = plan.From,
            Preset = plan.Values?.Apply(TrainingPreset.Small) ?? TrainingPreset.Small,
            Minutes = plan.Minutes,
            Team = _team.Value,
        });
        await training.RunAsync(new Direct<TrainingReport>(Translate(progress)), pause, stop).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<LearningScores> ScoreAsync(string modelFolder, string mailFile, Action<double> progress, CancellationToken stop)
        => Task.Factory.StartNew(() => Score(modelFolder, mailFile, progress, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static LearningScores Score(string modelFolder, string mailFile, Action<double> progress, CancellationToken stop)
    {
        using Completer completer = Completer.Load(modelFolder);
        // The mail is clean already; it is typed exactly as it stands.
        IEnumerable<MailMessage> mail = MailReader.Read([mailFile], new MailReadOptions { CleanDataSets = false }, new MailReadReport(), stop);
        EvaluationResult result = MailEvaluator.Evaluate(
            completer, mail, ScoreOptions, new Direct<EvaluationProgress>(so => progress((double)so.Mails / so.Total)), stop);
        return new LearningScores
        {
            Mails = result.Mails,
            SavingsWhole = result.KeystrokeSavings.Whole,
            SavingsWord = result.KeystrokeSavings.Word,
            Precision = result.PrecisionWhenShown,
            Coverage = result.Coverage,
            ExactMatch2 = result.ExactMatch.GetValueOrDefault("2"),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_team.IsValueCreated)
        {
            _team.Value.Dispose();
        }
    }

    private static Action<TrainingReport> Translate(Action<TeachingReport> progress)
    {
        var last = new TeachingReport();
        return report =>
        {
            // Step and loss of the other stages count other things.
            bool steps = report.Stage is TrainingStage.Training or TrainingStage.Validating;
            last = new TeachingReport
            {
                Stage = report.Stage,
                Step = steps ? report.Step : last.Step,
                Steps = steps ? report.Steps : last.Steps,
                Epoch = steps ? report.Epoch : last.Epoch,
                Loss = steps && report.Step > 0 ? report.Loss : double.NaN,
                ValidationLoss = report.ValidationLoss ?? last.ValidationLoss,
                BestValidationLoss = report.BestValidationLoss ?? last.BestValidationLoss,
                TokensPerSecond = steps ? report.TokensPerSecond : last.TokensPerSecond,
                Elapsed = report.Elapsed,
                Remaining = report.Remaining,
            };
            progress(last);
        };
    }

    // Progress<T> would post the reports to the thread pool, where they may overtake each other.
    private sealed class Direct<T>(Action<T> progress) : IProgress<T>
    {
        public void Report(T value) => progress(value);
    }
}
