using System.Globalization;
using Inkling.Mail;

namespace Inkling.App.Training;

/// <summary>How figures of a training run are said.</summary>
internal static class TrainingWords
{
    /// <summary>What the stage does, for people.</summary>
    public static string Stage(string stage) => stage switch
    {
        TrainingStage.Reading => "reading mail",
        TrainingStage.Tokenizing => "finding word pieces",
        TrainingStage.Counting => "counting phrases",
        TrainingStage.Training => "training",
        TrainingStage.Validating => "validating",
        TrainingStage.Calibrating => "calibrating confidence",
        TrainingStage.Saving => "saving",
        _ => stage,
    };

    /// <summary>For example <c>1:05</c> or <c>2:03:00</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    /// <summary>A perplexity; above a million only that.</summary>
    public static string Perplexity(double perplexity) => perplexity > 1e6 ? "> 1,000,000" : perplexity.ToString(perplexity < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>All figures of a report in a line.</summary>
    public static string Line(TrainingReport report)
    {
        string steps = report.Steps > 0 ? $"{report.Step:#,0}/{report.Steps:#,0}" : $"{report.Step:#,0}";
        if (report.Stage is not (TrainingStage.Training or TrainingStage.Validating))
        {
            return report.Step > 0 ? $"{Stage(report.Stage)}: {steps}" : Stage(report.Stage);
        }

        string line = string.Create(CultureInfo.InvariantCulture,
            $"step {steps}, epoch {report.Epoch:0.00}, loss {report.Loss:0.000}, perplexity {Perplexity(report.Perplexity)}, {report.TokensPerSecond:#,0} tokens/s, {Time(report.Elapsed)} gone");
        if (report.Remaining is { } left)
        {
            line += $", {Time(left)} left";
        }

        if (report.ValidationLoss is { } validation)
        {
            line += string.Create(CultureInfo.InvariantCulture, $"; validation {validation:0.000}, best {report.BestValidationLoss ?? validation:0.000}");
        }

        return report.BitsPerCharacter is { } bits ? line + string.Create(CultureInfo.InvariantCulture, $", {bits:0.000} bits/character") : line;
    }
}
