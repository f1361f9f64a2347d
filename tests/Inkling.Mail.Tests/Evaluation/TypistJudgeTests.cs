using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Inkling.Mail.Tests;

/// <summary>Our books against those of the outside judge: the same scripted completer, asked over HTTP there and directly here.</summary>
public sealed class TypistJudgeTests
{
    private static readonly string[] Texts =
    [
        "Dear Anna,\n\nthank you for the letter; I shall be in town on Monday, the 3rd of May. Would it suit you to meet at the station?\n\nBest wishes,\nTom",
        "I have looked at it again and again, and I am not sure. What do you think?  Shall we ask?\tPerhaps not! Well, we could try it on Friday, could we not?",
        "Schöne Grüße aus Köln — das Wetter ist gut, die Bahn fährt pünktlich, und der Käse schmeckt 😀 wie immer. 日本語も少し。 Ende des Briefes, bis bald, dein Emil",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z. A B C D, E F G; H I J: K L M! N O P? Q R S\u00A0T U V W X Y Z and ½ and ² and so on, and so on.",
        "Well-known facts (see below) aren't \"facts\" at all ... they're e.g. opinions, i.e. not facts.\r\nWho'd have thought it?   Nobody,   I   am   sure   of   that.",
    ];

    [Fact]
    public async Task All_figures_are_those_of_the_judge()
    {
        string? judge = FindJudge();
        Assert.SkipWhen(judge is null, "../shared/judges/typist.py is not there");
        string folder = Directory.CreateTempSubdirectory("inkling-judge-").FullName;
        try
        {
            string mail = Path.Combine(folder, "mail.jsonl");
            File.WriteAllLines(mail, Texts.Select(text => JsonSerializer.Serialize(new { src = "made-up", subject = "s", text })));
            using var server = new ScriptedServer();
            JsonElement theirs = await RunJudge(judge!, server.Url, mail);
            EvaluationResult ours = MailEvaluator.Evaluate(
                () => ScriptedServer.Complete,
                MailReader.Read([mail], new MailReadOptions { CleanDataSets = false }, new MailReadReport(), TestContext.Current.CancellationToken),
                new EvaluationOptions { Mails = 1000, TypedCharacters = 120 }, cancellation: TestContext.Current.CancellationToken);

            Assert.Equal(Texts.Length, ours.Mails);
            Assert.True(ours.KeystrokeSavings.Whole > 0.1 && ours.PrecisionWhenShown is > 0.1 and < 0.9, "the script should be right now and then");
            Assert.Equal(theirs.GetProperty("mails").GetInt32(), ours.Mails);
            Assert.Equal(theirs.GetProperty("characters").GetInt64(), ours.Characters);
            Same(theirs, "coverage", ours.Coverage, 4);
            Same(theirs, "precisionWhenShown", ours.PrecisionWhenShown, 4);
            Same(theirs, "meanShownChars", ours.MeanShownChars, 2);
            Same(theirs.GetProperty("keystrokeSavings"), "whole", ours.KeystrokeSavings.Whole, 4);
            Same(theirs.GetProperty("keystrokeSavings"), "word", ours.KeystrokeSavings.Word, 4);
            Assert.Equal(theirs.GetProperty("exactMatch").EnumerateObject().Select(property => property.Name), ours.ExactMatch.Keys);
            foreach (var (words, share) in ours.ExactMatch)
                Same(theirs.GetProperty("exactMatch"), words, share, 4);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Same(JsonElement theirs, string name, double ours, int digits) =>
        Assert.True(Math.Abs(theirs.GetProperty(name).GetDouble() - ours) <= 0.5000001 * Math.Pow(10, -digits), $"{name}: {theirs.GetProperty(name)} there, {ours} here");

    private static string? FindJudge()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Inkling.slnx")))
                return Path.Combine(folder.FullName, "..", "shared", "judges", "typist.py") is var path && File.Exists(path) ? path : null;
        }
        return null;
    }

    private static async Task<JsonElement> RunJudge(string judge, string url, string mail)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (ReadOnlySpan<string>)[judge, "--url", url, "--mail", mail, "--mails", "1000", "--max-chars", "120"])
            start.ArgumentList.Add(argument);
        Process? started = null;
        try
        {
            started = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not there");
        }
        using Process process = started!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonDocument.Parse(await output).RootElement;
    }

    /// <summary>Suggests, by a hash of what was typed, what is right, half right, wrong, too short or hidden.</summary>
    private sealed class ScriptedServer : IDisposable
    {
        private readonly HttpListener _listener = new();

        public ScriptedServer()
        {
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
            }
            _listener.Prefixes.Add(Url + "/");
            _listener.Start();
            _ = Serve();
        }

        public string Url { get; }

        public static Mail.Completion Complete(CompletionRequest request)
        {
            string typed = request.Text;
            uint hash = 2166136261;
            foreach (char c in typed)
                hash = (hash ^ c) * 16777619;
            hash ^= hash >> 13;
            string rest = Texts.First(text => text.StartsWith(typed, StringComparison.Ordinal))[typed.Length..];
            string right = Words(rest, 1 + (int)(hash >> 8) % 3);
            Suggestion shown = Suggest((hash % 10) switch
            {
                0 or 1 or 2 => right,
                3 => right + " and more",
                4 => rest[..(char.IsHighSurrogate(rest[0]) ? 2 : 1)],
                5 => right + " ",
                6 => " completely wrong",
                7 => rest.Length > 3 && !char.IsSurrogate(rest[2]) && !char.IsSurrogate(rest[1]) ? rest[..2] : right,
                _ => right.ToUpperInvariant(),
            });
            return (hash >> 4 & 3) switch
            {
                0 => new Mail.Completion { Reason = "below-threshold", Candidates = [shown, Suggest(right)] },
                1 => new Mail.Completion { Suggestion = shown },
                2 when (hash & 64) == 0 => new Mail.Completion { Reason = "no-candidates" },
                _ => new Mail.Completion { Suggestion = shown, Candidates = [Suggest(right), shown] },
            };
        }

        public void Dispose() => _listener.Close();

        private static Suggestion Suggest(string text) => new() { Text = text, Words = 1, Confidence = 0.5, Source = "script" };

        private static string Words(string text, int count)
        {
            int end = 0;
            for (int i = 0; i < count; i++)
            {
                while (end < text.Length && char.IsWhiteSpace(text[end]))
                    end++;
                while (end < text.Length && !char.IsWhiteSpace(text[end]))
                    end++;
            }
            return text[..end];
        }

        private async Task Serve()
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    JsonElement body = (await JsonDocument.ParseAsync(context.Request.InputStream)).RootElement;
                    Mail.Completion answer = Complete(new CompletionRequest { Text = body.GetProperty("text").GetString()! });
                    byte[] json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web));
                    context.Response.ContentType = "application/json";
                    context.Response.ContentLength64 = json.Length;
                    await context.Response.OutputStream.WriteAsync(json);
                    context.Response.Close();
                }
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The listener was closed.
            }
        }
    }
}
