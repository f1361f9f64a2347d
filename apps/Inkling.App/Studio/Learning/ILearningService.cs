namespace Inkling.App.Studio.Learning;

/// <summary>Learning from the user's mail: one run at a time, which goes on whether or not a page looks at it. Thread-safe.</summary>
public interface ILearningService
{
    /// <summary>Where it stands.</summary>
    LearningState State { get; }

    /// <summary>Raised after every change of <see cref="State"/>, on any thread.</summary>
    event Action? Changed;

    /// <summary>A private folder for files given through the page; emptied by <see cref="Forget"/>.</summary>
    string UploadFolder { get; }

    /// <summary>The files that were given through the page.</summary>
    IReadOnlyList<string> Uploads { get; }

    /// <summary>Begins to read mail. Earlier results that were not kept go.</summary>
    /// <exception cref="InvalidOperationException">Something is under way.</exception>
    void Read(MailChoice choice);

    /// <summary>Begins to learn from the mail that was read: score, train, score again.</summary>
    /// <exception cref="InvalidOperationException">Something is under way, or there is no mail to learn from.</exception>
    void Learn(LearningPlan plan);

    /// <summary>Holds training after the current step.</summary>
    void Pause();

    /// <summary>Lets training go on.</summary>
    void Resume();

    /// <summary>Ends what is under way: training keeps its best model and goes on to be scored; reading and scoring are dropped.</summary>
    void Stop();

    /// <summary>Stores the new model among the user's own.</summary>
    /// <param name="name">Its name; also that of its folder.</param>
    /// <returns>The model's folder.</returns>
    /// <exception cref="InvalidOperationException">There is none, or the name cannot be used; the message says why.</exception>
    string Keep(string name);

    /// <summary>Forgets the mail that was read, the files given, and a model that was not kept.</summary>
    /// <exception cref="InvalidOperationException">Something is under way.</exception>
    void Forget();
}
