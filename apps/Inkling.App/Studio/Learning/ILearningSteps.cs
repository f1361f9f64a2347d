using Inkling.Training;

namespace Inkling.App.Studio.Learning;

/// <summary>The three things learning is made of. The page and its service know no more of them than this.</summary>
public interface ILearningSteps
{
    /// <summary>Reads the chosen mail and divides it into what to learn from and the newest tenth.</summary>
    /// <param name="choice">What to read.</param>
    /// <param name="folder">Where the two parts are written.</param>
    /// <param name="progress">Told the counts so far, now and then.</param>
    /// <param name="stop">Ends it.</param>
    Task<DividedMail> PrepareAsync(MailChoice choice, string folder, Action<MailUnderstanding> progress, CancellationToken stop);

    /// <summary>Trains on from a model.</summary>
    /// <param name="plan">From which, and for how long.</param>
    /// <param name="mailFile">The mail to learn from.</param>
    /// <param name="outFolder">Where the new model goes.</param>
    /// <param name="progress">Told after steps and validations.</param>
    /// <param name="pause">Holds it between two steps.</param>
    /// <param name="stop">Ends it early; the best model so far is still stored.</param>
    /// <exception cref="InvalidOperationException">No usable model came of it; the message says why.</exception>
    Task TeachAsync(LearningPlan plan, string mailFile, string outFolder, Action<TeachingReport> progress, PauseGate pause, CancellationToken stop);

    /// <summary>Scores a model on mail it has not seen.</summary>
    /// <param name="modelFolder">The model.</param>
    /// <param name="mailFile">The mail.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="stop">Ends it.</param>
    Task<LearningScores> ScoreAsync(string modelFolder, string mailFile, Action<double> progress, CancellationToken stop);
}
