using System.Globalization;
using System.Text.Json;
using Inkling.Mail;

namespace Inkling.App.Studio.Learning;

/// <summary>Reads the chosen mail once and divides it by date: the newest tenth to score on, the rest to learn from.</summary>
internal static class MailPreparation
{
    private const int ProgressEvery = 200;

    /// <summary>Reads, divides and stores.</summary>
    /// <exception cref="InvalidOperationException">There was no mail of the writer's in it.</exception>
    public static DividedMail Run(MailChoice choice, string folder, Action<MailUnderstanding> progress, CancellationToken stop)
    {
        var report = new MailReadReport();
        List<MailMessage> mails = [];
        foreach (MailMessage mail in MailReader.Read(choice.Paths, new MailReadOptions { Me = choice.Me }, report, stop))
        {
            mails.Add(mail);
            if (mails.Count % ProgressEvery == 0)
            {
                progress(Describe(report, mails));
            }
        }

        stop.ThrowIfCancellationRequested();
        if (mails.Count == 0)
        {
            throw new InvalidOperationException(Nothing(choice, report));
        }

        // Mail without a date is as old as can be, so that what is scored on is surely newer than what is learnt from. The sort is stable.
        List<MailMessage> ordered = [.. mails.OrderBy(mail => mail.Date ?? DateTimeOffset.MinValue)];
        int held = Math.Max(1, ordered.Count / 10);
        var prepared = new DividedMail(
            Describe(report, ordered) with { ToLearn = ordered.Count - held, ToScore = held },
            Path.Combine(folder, "learn.jsonl"), Path.Combine(folder, "newest.jsonl"));
        Write(prepared.LearnFile, ordered.Take(ordered.Count - held));
        Write(prepared.ScoreFile, ordered.TakeLast(held));
        return prepared;
    }

    private static MailUnderstanding Describe(MailReadReport report, List<MailMessage> mails) => new()
    {
        Read = report.Read,
        Kept = report.Kept,
        Words = report.Words,
        Skipped = report.Skipped,
        Notes = report.Notes,
        Warnings = report.Warnings,
        Samples = report.Samples,
        Oldest = mails.Min(mail => mail.Date),
        Newest = mails.Max(mail => mail.Date),
    };

    private static string Nothing(MailChoice choice, MailReadReport report)
    {
        if (report.Read == 0)
        {
            return $"No mail was found in {string.Join(", ", choice.Paths)}. Choose .mbox, .eml or .jsonl files, a Maildir, or a folder that holds some.";
        }

        string left = string.Join("; ", report.Skipped.OrderByDescending(pair => pair.Value)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {SkipReasons.Sentence(pair.Key)}")));
        return $"None of the {report.Read.ToString("N0", CultureInfo.InvariantCulture)} mails is of use: {left}."
            + (report.Skipped.ContainsKey(MailSkipReason.NotOwn) ? " Is the address given as yours right?" : "");
    }

    private static void Write(string file, IEnumerable<MailMessage> mails)
    {
        using var stream = new FileStream(file + ".new", FileMode.Create, FileAccess.Write);
        foreach (MailMessage mail in mails)
        {
            using (var json = new Utf8JsonWriter(stream))
            {
                Write(json, mail);
            }

            stream.WriteByte((byte)'\n');
        }

        stream.Dispose();
        File.Move(file + ".new", file, overwrite: true);
    }

    private static void Write(Utf8JsonWriter json, MailMessage mail)
    {
        json.WriteStartObject();
        json.WriteString("author", mail.From);
        if (mail.Date is { } date)
        {
            json.WriteString("date", date);
        }

        json.WriteStartArray("to");
        foreach (string to in mail.To)
        {
            json.WriteStringValue(to);
        }

        json.WriteEndArray();
        json.WriteString("subject", mail.Subject);
        json.WriteString("text", mail.Text);
        json.WriteString("quoted", mail.Previous);
        json.WriteString("id", mail.Id);
        json.WriteEndObject();
    }
}
