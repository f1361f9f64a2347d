namespace Inkling.App.Studio.Learning;

/// <summary>Where training stands.</summary>
public sealed record TeachingReport
{
    /// <summary>What is being done: <c>reading</c>, <c>training</c>, <c>validating</c>, <c>calibrating</c>, <c>saving</c> …</summary>
    public string Stage { get; init; } = "";

    /// <summary>Steps done.</summary>
    public long Step { get; init; }

    /// <summary>Steps of the whole run, 0 while unknown.</summary>
    public long Steps { get; init; }

    /// <summary>Times the mail has been gone through.</summary>
    public double Epoch { get; init; }

    /// <summary>Training loss in nats a token, smoothed; NaN while unknown.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Loss of the last validation in nats a token; null before the first.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Lowest validation loss so far.</summary>
    public double? BestValidationLoss { get; init; }

    /// <summary>Tokens learnt from a second.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>Time spent, pauses not counted.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Time left; null while unknown.</summary>
    public TimeSpan? Remaining { get; init; }
}
