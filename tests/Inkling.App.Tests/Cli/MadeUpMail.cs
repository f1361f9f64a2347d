using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Inkling.App.Tests.Cli;

/// <summary>Small office mail, made up here from a few patterns: much repetition, so that a tiny model learns something in seconds.</summary>
internal static class MadeUpMail
{
    private static readonly string[] Names = ["Ann", "Ben", "Carla", "David", "Emma", "Frank", "Grace", "Henry"];
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
    private static readonly string[] Things = ["report", "draft", "invoice", "agenda", "schedule", "presentation"];

    private static readonly string[] Openings =
    [
        "Thank you very much for your help with the {1}.", "Thank you very much for sending the {1}.", "I hope you had a good weekend.",
        "I am writing to ask about the {1}.", "Sorry for the late answer.", "It was good to see you on {2}.",
    ];

    private static readonly string[] Middles =
    [
        "Please let me know if you have any questions about it.", "Could you send me the {1} before {2}?", "I will be in the office on {2} and we can talk about the {1} then.",
        "We should meet on {2} to go through the {1} together.", "I have read the {1} and it looks good to me.", "The meeting about the {1} has been moved to {2}.",
    ];

    private static readonly string[] Closings = ["Looking forward to hearing from you.", "Have a good weekend.", "Let me know what you think.", "See you on {2}."];

    /// <summary>Mails as lines of JSON, always the same for a seed.</summary>
    public static string JsonLines(int count, int seed)
    {
        var random = new Random(seed);
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            (string subject, string text, string name) = Write(random);
            string date = new DateTime(2025, 1, 1, 8, 0, 0, DateTimeKind.Utc).AddHours(i * 5).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            lines.Append(JsonSerializer.Serialize(new { author = "writer@example.org", to = new[] { $"{name}@example.org" }, date, subject, text })).Append('\n');
        }

        return lines.ToString();
    }

    /// <summary>The same kind of mail as a mailbox file.</summary>
    public static string Mbox(int count, int seed)
    {
        var random = new Random(seed);
        var box = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            (string subject, string text, string name) = Write(random);
            string date = new DateTime(2025, 1, 1, 8, 0, 0, DateTimeKind.Utc).AddHours(i * 5).ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
            box.Append(CultureInfo.InvariantCulture, $"From writer@example.org Mon Jan  6 08:00:00 2025\nFrom: Writer <writer@example.org>\nTo: {name} <{name}@example.org>\nSubject: {subject}\nDate: {date}\nMessage-Id: <{seed}.{i}@example.org>\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\n");
        }

        return box.ToString();
    }

    private static (string Subject, string Text, string Name) Write(Random random)
    {
        string name = Pick(Names), thing = Pick(Things);
        string body = string.Join(' ', Pick(Openings), Pick(Middles), Pick(Middles), Pick(Closings));
        string text = string.Format(CultureInfo.InvariantCulture, "Dear {0},\n\n" + body + "\n\nBest regards\nWriter", name, thing, Pick(Days));
        return ($"The {thing}", text, name);

        string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
