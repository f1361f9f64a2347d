using Inkling.Training;

namespace Inkling.Mail;

/// <summary>The last stage: how far the confidence of the finished model can be trusted.</summary>
public sealed partial class MailTraining
{
    private static readonly TimeSpan ImpatientLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Calibrates the model folder on the mail held out. Where that is too little, or it is cancelled, the model keeps the defaults, with which
    /// it works as well.
    /// </summary>
    /// <returns>How it went; null when the defaults are kept.</returns>
    private CalibrationReport? Calibrate(MailCollection mail, StopReason reason, TrainingReporter reporter, CancellationToken cancellation)
    {
        const int Percent = 100;
        bool impatient = reason == StopReason.Cancelled;
        reporter.Count(TrainingStage.Calibrating, 0, Percent);
        List<CalibrationMail> mails = [.. MailCorpora.Spread(mail.Valid.Count).Select(i => mail.Valid[i]).Select(one => new CalibrationMail(one.Body, one.Subject, one.Previous))];
        CalibrationOptions options = _options.Calibration;
        if (impatient && options.Limit > ImpatientLimit) options = options with { Limit = ImpatientLimit };
        try
        {
            // A run that was cancelled is calibrated all the same, but not for long.
            return CompletionCalibrator.Calibrate(
                _options.Out, mails, options, new Share(share => reporter.Count(TrainingStage.Calibrating, (long)(share * Percent), Percent)), impatient ? CancellationToken.None : cancellation);
        }
        catch (OperationCanceledException)
        {
            mail.Report.Note("Calibrating was interrupted: confidence is what the model says of itself. Run again with --resume to make up for it.");
        }
        catch (InvalidDataException tooLittle)
        {
            mail.Report.Note($"{tooLittle.Message} Until then, confidence is what the model says of itself.");
        }

        return null;
    }

    private sealed class Share(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
