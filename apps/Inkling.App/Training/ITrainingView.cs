using Inkling.Mail;

namespace Inkling.App.Training;

/// <summary>Shows a training run to the person who waits for it. Reports come from the training thread.</summary>
internal interface ITrainingView : IProgress<TrainingReport>, IDisposable
{
    /// <summary>Writes a lasting line, for example what was found in the mail.</summary>
    void Say(string line);

    /// <summary>Tells that the run was asked to stop and is finishing.</summary>
    void Stopping();
}
