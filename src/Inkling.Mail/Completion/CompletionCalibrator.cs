using System.Diagnostics;
using Inkling.Language;

namespace Inkling.Mail;

/// <summary>
/// Learns from validation mail how far a model's completions can be trusted: the shares of the mixture, the way from probability to
/// confidence, and the threshold above which suggestions are shown.
/// </summary>
public static class CompletionCalibrator
{
    private const int FewestSamples = 200;

    /// <summary>Calibrates a model folder and stores the result in its <c>config.json</c>.</summary>
    /// <param name="folder">A model folder.</param>
    /// <param name="mails">Mail the model was not trained on.</param>
    /// <param name="options">How much work; null for the defaults.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellation">Stops; the folder stays as it was.</param>
    /// <exception cref="InvalidDataException">The model cannot be read, or there is too little mail to judge by.</exception>
    public static CalibrationReport Calibrate(
        string folder, IReadOnlyList<CalibrationMail> mails, CalibrationOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(mails);
        options ??= new CalibrationOptions();
        var started = Stopwatch.GetTimestamp();
        var parts = ModelFolder.LoadParts(folder);
        var settings = parts.Config.Completion with { Calibration = ConfidenceCalibration.Identity, Threshold = 0 };
        if (parts.NGrams is not null)
            settings = settings with { ModelShares = MixtureFit.Shares(parts.Decoder, parts.NGrams, parts.Tokenizer, mails, options.Tokens, cancellation) };
        progress?.Report(0.1);
        using var completer = parts.ToCompleter(settings);
        var samples = Collect(completer, mails, options, started, progress, cancellation);
        var report = Fit(samples, settings, options.TargetPrecision);
        (ModelConfig.Load(folder) with { Completion = report.Settings }).Save(folder);
        progress?.Report(1);
        return report;
    }

    /// <summary>Fits calibration and threshold to judged continuations.</summary>
    internal static CalibrationReport Fit(IReadOnlyList<CalibrationSample> samples, CompletionSettings settings, double targetPrecision)
    {
        var all = samples.SelectMany(sample => sample.Continuations).ToList();
        if (samples.Count < FewestSamples || all.Count(c => c.Right) < 50)
            throw new InvalidDataException($"Calibrating: {samples.Count} keystrokes with {all.Count(c => c.Right)} right continuations are too few. Give more validation mail.");
        var counter = new CalibrationCounter();
        for (var half = 0; half < 2; half++)
        {
            var fitted = LogisticFit.Fit(Of(samples, 1 - half));
            foreach (var c in Of(samples, half))
                counter.Add(fitted.Confidence(c.Features), c.Right);
        }
        settings = settings with { Calibration = LogisticFit.Fit(all) };
        var threshold = Threshold(samples, settings, targetPrecision);
        settings = settings with { Threshold = threshold };
        var (shown, right) = Show(samples, settings);
        return new CalibrationReport
        {
            Settings = settings,
            Positions = samples.Count,
            Coverage = shown / (double)samples.Count,
            Precision = right / Math.Max(1.0, shown),
            Calibration = counter.Figures(),
        };
    }

    private static List<JudgedContinuation> Of(IReadOnlyList<CalibrationSample> samples, int half) =>
        [.. samples.Where(sample => sample.Mail % 2 == half).SelectMany(sample => sample.Continuations)];

    /// <summary>The lowest threshold, in steps of a hundredth, at which the share of the shown that is right reaches the target.</summary>
    private static double Threshold(IReadOnlyList<CalibrationSample> samples, CompletionSettings settings, double target)
    {
        for (var hundredths = 10; hundredths < 90; hundredths++)
        {
            var (shown, right) = Show(samples, settings with { Threshold = hundredths / 100.0 });
            if (right >= target * shown)
                return hundredths / 100.0;
        }
        return 0.9;
    }

    private static (int Shown, int Right) Show(IReadOnlyList<CalibrationSample> samples, CompletionSettings settings)
    {
        var gate = new SuggestionGate(settings);
        var (shown, right) = (0, 0);
        var suggestions = new List<Suggestion>();
        foreach (var sample in samples)
        {
            suggestions.Clear();
            foreach (var c in sample.Continuations)
                suggestions.Add(new Suggestion { Text = c.Text, Words = c.Features.Words, Confidence = settings.Calibration.Confidence(c.Features) });
            if (gate.Choose(suggestions) is not { } chosen)
                continue;
            shown++;
            right += sample.Continuations[suggestions.IndexOf(chosen)].Right ? 1 : 0;
        }
        return (shown, right);
    }

    /// <summary>Types the mails, character by character, and judges what the completer knows at a sample of the keystrokes.</summary>
    private static List<CalibrationSample> Collect(
        Completer completer, IReadOnlyList<CalibrationMail> mails, CalibrationOptions options, long started, IProgress<double>? progress, CancellationToken cancellation)
    {
        var total = mails.Sum(mail => (long)Math.Min(mail.Text.Length, options.MostCharacters));
        var stride = Math.Max(1, total / (double)Math.Max(FewestSamples, options.Positions));
        var samples = new List<CalibrationSample>(options.Positions + mails.Count);
        var (typed, due) = (0L, 0.0);
        for (var k = 0; k < mails.Count; k++)
        {
            if (samples.Count >= FewestSamples && Stopwatch.GetElapsedTime(started) > options.Limit)
                break;
            var mail = mails[k];
            var session = completer.NewSession();
            var length = Math.Min(mail.Text.Length, options.MostCharacters);
            for (var i = 1; i < length; i++)
            {
                if (++typed < due)
                    continue;
                due += stride;
                cancellation.ThrowIfCancellationRequested();
                if (mail.Text.LastIndexOf(MailTokens.Open, i - 1) > mail.Text.LastIndexOf(MailTokens.Close, i - 1))
                    continue; // inside a placeholder of normalised text
                var found = completer.Judged(new CompletionRequest { Text = mail.Text[..i], Subject = mail.Subject, Previous = mail.Previous }, session, mail.Text.AsSpan(i));
                samples.Add(new CalibrationSample(k, found));
                if (samples.Count % 50 == 0)
                    progress?.Report(0.1 + 0.85 * typed / total);
            }
        }
        return samples;
    }
}

/// <summary>What was known at one keystroke.</summary>
internal readonly record struct CalibrationSample(int Mail, List<JudgedContinuation> Continuations);

/// <summary>A continuation and whether it came true.</summary>
internal readonly record struct JudgedContinuation(string Text, ContinuationFeatures Features, bool Right);
