using System.Globalization;
using System.Text.Json;

namespace Inkling.App.Tests.Studio;

/// <summary>A small mailbox that nobody wrote.</summary>
internal static class MadeUpMail
{
    private static readonly string[] Subjects = ["Tea on Thursday", "The spring report", "Keys to the shed", "Choir practice", "Minutes of the meeting"];

    // With the eleven sentences these make sixty-six beginnings: mails that begin alike are taken for forms.
    private static readonly string[] Names = ["Ben", "Zoë", "Mr Okafor", "Aunt Ruth", "all", "Jonas"];

    private static readonly string[] Openings =
    [
        "Thank you for the photographs of the garden, which arrived this morning.", "I have read the report and made a few notes in the margin.",
        "The keys to the shed hang behind the door again.", "We missed you at choir practice this week.", "It was good to see you both on Sunday.",
        "Your parcel has come, and everything in it is whole.", "I am sorry that I did not write sooner.",
    ];

    private static readonly string[] Middles =
    [
        "The roses by the wall came out best, and the robin will go on the cover.", "The tables in the middle need another look before it goes out.",
        "Could you bring the long ladder when you come by?", "We sang the old songs first, and then one that none of us knew.",
        "My sister asks whether you still have the recipe for the plum cake.", "The printer wants the list before the fair, so I shall send it tonight.",
        "There is a train at half past nine, which would leave us time for lunch.", "I moved the meeting to the small room because the large one is being painted.",
        "The cat has found her way into the attic and does not want to come down.", "Nobody minds if we begin a little later, as long as there is tea.",
        "The bill for the hall is higher than last year, but not by much.",
    ];

    private static readonly string[] Endings =
    [
        "Please let me know if you have any questions.", "Shall we meet on Thursday for tea?", "I look forward to hearing from you.", "Give my love to the children.",
        "Let me know which day suits you best.",
    ];

    /// <summary>Writes so many mails as JSON lines, with a few lines that are no mail.</summary>
    public static string Write(string folder, int mails, int broken = 2)
    {
        string file = Path.Combine(folder, "sent.jsonl");
        using var writer = new StreamWriter(file);
        for (int i = 0; i < mails; i++)
        {
            writer.WriteLine(JsonSerializer.Serialize(new
            {
                from = "maria@example.org",
                to = new[] { i % 2 == 0 ? "ben@example.org" : "zoe@example.org" },
                date = new DateTimeOffset(2025, 3, 1, 9, 0, 0, TimeSpan.Zero).AddDays(i * 3).ToString("o", CultureInfo.InvariantCulture),
                subject = Subjects[i % Subjects.Length],
                text = $"Dear {Names[i % 6]},\n\n{Middles[i % 11]} {Openings[i % 7]} {Middles[(i + 1 + (i / 11)) % 11]} {Endings[i % 5]}",
            }));
        }

        for (int i = 0; i < broken; i++)
        {
            writer.WriteLine("{ this is no mail");
        }

        return file;
    }
}
