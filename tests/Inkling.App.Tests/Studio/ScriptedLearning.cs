using Inkling.App.Studio.Learning;
using Inkling.Training;

namespace Inkling.App.Tests.Studio;

/// <summary>Learning without a model: mail is really read; training goes step by step as the test lets it; scores are made up.</summary>
internal sealed class ScriptedLearning : ILearningSteps
{
    public const int Steps = 40;

    private readonly SemaphoreSlim _steps = new(0);

    /// <summary>Thrown after a few steps of training.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What was asked for last.</summary>
    public LearningPlan? Plan { get; private set; }

    /// <summary>Lets training take so many more steps.</summary>
    public void Allow(int steps) => _steps.Release(steps);

    public Task<DividedMail> PrepareAsync(MailChoice choice, string folder, Action<MailUnderstanding> progress, CancellationToken stop)
        => Task.Run(() => MailPreparation.Run(choice, folder, progress, stop), stop);

    public async Task TeachAsync(LearningPlan plan, string mailFile, string outFolder, Action<TeachingReport> progress, PauseGate pause, CancellationToken stop)
    {
        Plan = plan;
        progress(new TeachingReport { Stage = "reading" });
        double? best = null;
        for (int step = 1; step <= Steps && !stop.IsCancellationRequested; step++)
        {
            await Task.Run(() => pause.Wait(stop), CancellationToken.None);
            try
            {
                await _steps.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            if (step == 5 && Failure is not null)
            {
                throw Failure;
            }

            double loss = 3.1 + (2.4 * Math.Exp(-step / 9.0)) + (0.08 * Math.Sin(step * 1.7));
            double? valid = step % 8 == 0 ? 3.3 + (1.9 * Math.Exp(-step / 11.0)) : null;
            best = valid is null ? best : Math.Min(best ?? double.MaxValue, valid.Value);
            progress(new TeachingReport
            {
                Stage = "training", Step = step * 50, Steps = Steps * 50, Epoch = step / 20.0, Loss = loss, ValidationLoss = valid, BestValidationLoss = best,
                TokensPerSecond = 3120, Elapsed = TimeSpan.FromSeconds(step * 6), Remaining = TimeSpan.FromSeconds((Steps - step) * 6),
            });
        }

        await File.WriteAllTextAsync(Path.Combine(outFolder, "config.json"), "{}", CancellationToken.None);
    }

    public async Task<LearningScores> ScoreAsync(string modelFolder, string mailFile, Action<double> progress, CancellationToken stop)
    {
        progress(0.5);
        await Task.Delay(100, stop);
        double more = File.Exists(Path.Combine(modelFolder, "config.json")) && Path.GetFileName(modelFolder) == "model" ? 0.043 : 0;
        return new LearningScores { Mails = 4, SavingsWhole = 0.116 + more, SavingsWord = 0.164 + more, Precision = 0.64 + (more / 2), Coverage = 0.21 + more, ExactMatch2 = 0.12 + more };
    }
}
