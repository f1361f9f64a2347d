using System.Text.Json;
using Inkling.Mail;

namespace Inkling.App.Training;

/// <summary>What <c>train --json</c> prints.</summary>
internal sealed record TrainAnswer
{
    /// <summary>The model's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Why training ended: <c>finished</c>, <c>timeUp</c>, <c>earlyStopped</c>, <c>cancelled</c>, <c>diverged</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Where numbers that are not finite came from, and the likely cause; null unless <see cref="Reason"/> is <c>diverged</c>.</summary>
    public string? Divergence { get; init; }

    /// <summary>A picture of the losses, SVG.</summary>
    public required string Curves { get; init; }

    /// <summary>Steps done.</summary>
    public required long Steps { get; init; }

    /// <summary>The step whose model was kept.</summary>
    public required long BestStep { get; init; }

    /// <summary>Seconds of training.</summary>
    public required double Seconds { get; init; }

    /// <summary>Nats per token on held-out mail.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Bits per character of the author's own text on held-out mail.</summary>
    public double? BitsPerCharacter { get; init; }

    /// <summary>Mails learnt from.</summary>
    public required int TrainingMails { get; init; }

    /// <summary>Mails held out.</summary>
    public required int ValidationMails { get; init; }

    /// <summary>Mails and files left out, by reason.</summary>
    public required IReadOnlyDictionary<string, int> Skipped { get; init; }

    /// <summary>Says the result in the form of the contract.</summary>
    public static TrainAnswer From(MailTrainingResult result) => new()
    {
        Folder = result.Folder,
        Reason = JsonNamingPolicy.CamelCase.ConvertName(result.Reason.ToString()),
        Divergence = result.Divergence?.ToString(),
        Curves = result.Curves,
        Steps = result.Steps,
        BestStep = result.BestStep,
        Seconds = Math.Round(result.Elapsed.TotalSeconds, 1),
        ValidationLoss = result.ValidationLoss,
        BitsPerCharacter = result.BitsPerCharacter,
        TrainingMails = result.TrainingMails,
        ValidationMails = result.ValidationMails,
        Skipped = result.Mail.Skipped.ToDictionary(one => JsonNamingPolicy.CamelCase.ConvertName(one.Key.ToString()), one => one.Value),
    };
}
