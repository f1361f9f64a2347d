namespace Inkling.Mail;

/// <summary>The stages of <see cref="MailTraining"/>, in their order.</summary>
public static class TrainingStage
{
    /// <summary>Reading and normalising mail.</summary>
    public const string Reading = "reading";

    /// <summary>Training the tokenizer and cutting the mail into tokens.</summary>
    public const string Tokenizing = "tokenizing";

    /// <summary>Counting phrases for the n-gram model.</summary>
    public const string Counting = "counting";

    /// <summary>Training the neural model.</summary>
    public const string Training = "training";

    /// <summary>Measuring on held-out mail.</summary>
    public const string Validating = "validating";

    /// <summary>Measuring how far confidences can be trusted.</summary>
    public const string Calibrating = "calibrating";

    /// <summary>Writing the model.</summary>
    public const string Saving = "saving";
}
