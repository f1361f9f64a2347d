using System.Globalization;
using System.Text.Json.Nodes;

namespace Inkling.Mail.Tests.Training;

/// <summary>Mailboxes of a few dozen made-up mails, each different, put together from stock sentences.</summary>
internal static class MadeUpMail
{
    public static readonly string[] Sentences =
    [
        "Thank you for your help with the garden plan.",
        "Please let me know if you have any questions.",
        "I will get back to you tomorrow morning.",
        "The boat needs new paint before the summer.",
        "Could you send me the list of plants?",
        "We should meet on Thursday after lunch.",
        "The kettle in the kitchen is broken again.",
        "I have attached the photos of the old bridge.",
        "Let me know what you think of the second draft.",
        "It was good to see you at the harbour.",
        "The train leaves a little later than we thought.",
        "I am looking forward to the weekend.",
    ];

    private static readonly string[] Names = ["Nora", "Tim", "Ada", "Jon", "Mia"];

    /// <summary>Writes a data set.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mails">How many.</param>
    /// <param name="seed">Which.</param>
    /// <param name="dated">Whether they have dates.</param>
    public static string Write(string path, int mails, int seed = 1, bool dated = true)
    {
        Random random = new(seed);
        HashSet<string> seen = [];
        List<string> lines = [];
        while (lines.Count < mails)
        {
            string[] said = [.. Enumerable.Range(0, 3 + random.Next(3)).Select(_ => Sentences[random.Next(Sentences.Length)])];
            string text = $"Hi {Names[random.Next(Names.Length)]},\n\n{string.Join(' ', said)}\n\nBest regards,\n{Names[random.Next(Names.Length)]}";
            if (!seen.Add(text)) continue;
            JsonObject mail = new()
            {
                ["from"] = "ann@example.org", ["to"] = new JsonArray("bob@example.org"),
                ["subject"] = random.Next(2) == 0 ? "The garden plan" : "", ["text"] = text, ["quoted"] = random.Next(3) == 0 ? "Did you think about the harbour?" : "",
            };
            if (dated) mail["date"] = new DateTime(2020, 1, 1).AddDays(lines.Count).ToString("s", CultureInfo.InvariantCulture);
            lines.Add(mail.ToJsonString());
        }

        File.WriteAllLines(path, lines);
        return path;
    }
}
