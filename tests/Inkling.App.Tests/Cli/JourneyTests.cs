using System.Net.Http.Json;
using System.Text.Json;
using Inkling.Onnx;

namespace Inkling.App.Tests.Cli;

/// <summary>The whole way through the program, in processes of their own: train, evaluate, complete, serve, ask over HTTP.</summary>
[Trait("Speed", "Slow")]
public sealed class JourneyTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const string Draft = "Dear Ann,\n\nThank you very much for your h";

    [Fact]
    public void Training_prints_one_document_and_leaves_a_whole_model_folder()
    {
        Assert.True(trained.Training.ExitCode == 0, trained.Training.Errors);
        JsonElement result = Parse(trained.Training.Output);
        Assert.Equal(trained.Model, result.GetProperty("folder").GetString());
        (int learnt, int held) = (result.GetProperty("trainingMails").GetInt32(), result.GetProperty("validationMails").GetInt32());
        Assert.InRange(learnt + held, 350, 400);   // mails with the same words count once
        Assert.Equal((learnt + held) / 10, held);
        Assert.InRange(result.GetProperty("bitsPerCharacter").GetDouble(), 0.1, 2.5);
        Assert.All(["config.json", "tokenizer.json", "weights.safetensors", "MODEL_CARD.md"], file => Assert.True(File.Exists(Path.Combine(trained.Model, file)), file));
        Assert.Contains("loss", trained.Training.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_suggests_what_the_mail_repeats()
    {
        JsonElement answer = Parse((await RunAsync("complete", "--model", trained.Model, "--json", Draft)).Output);

        JsonElement best = answer.GetProperty("candidates")[0];
        Assert.StartsWith("elp", best.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["suggestion", "candidates", "reason", "elapsedMs"], answer.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Complete_reads_the_draft_from_standard_input_and_prints_the_suggestion_alone()
    {
        Outcome asked = await InklingProcess.RunAsync(trained.Home, ["complete", "--model", trained.Model, "-"], Draft + "\n");
        JsonElement answer = Parse((await RunAsync("complete", "--model", trained.Model, "--json", Draft)).Output);

        string? shown = answer.GetProperty("suggestion") is { ValueKind: JsonValueKind.Object } suggestion ? suggestion.GetProperty("text").GetString() : null;
        Assert.Equal(0, asked.ExitCode);
        Assert.Equal(shown is null ? "" : shown + "\n", asked.Output);
        Assert.Equal(shown is null ? $"inkling: no suggestion ({answer.GetProperty("reason").GetString()})" : "", asked.Errors.TrimEnd());
    }

    [Fact]
    public async Task Export_writes_a_network_that_reads_a_text_at_once_or_in_pieces()
    {
        string file = Path.Combine(trained.Home, "mail.onnx");
        JsonElement answer = Parse((await RunAsync("onnx", "export", trained.Model, file, "--json")).Output);
        Assert.Equal(new FileInfo(file).Length, answer.GetProperty("bytes").GetInt64());
        Assert.Equal("tokens: int64 [time, batch]", answer.GetProperty("inputs")[0].GetString());

        OnnxModel model = OnnxModel.Load(file);
        IReadOnlyDictionary<string, OnnxValue> whole = Read(model, null, 3, 5, 7), first = Read(model, null, 3, 5), second = Read(model, first, 7);
        ReadOnlySpan<float> atOnce = whole["log_probabilities"].Values<float>(), inPieces = second["log_probabilities"].Values<float>();
        atOnce = atOnce[^inPieces.Length..];
        double sum = 0;
        for (int i = 0; i < inPieces.Length; i++)
        {
            Assert.Equal(atOnce[i], inPieces[i], 1e-4f);
            sum += Math.Exp(inPieces[i]);
        }

        Assert.Equal(1, sum, 1e-4);
    }

    [Fact]
    public async Task Evaluate_prints_every_figure_of_the_contract()
    {
        Outcome outcome = await RunAsync("evaluate", "--model", trained.Model, "--mail", trained.HeldOut, "--me", "writer@example.org", "--mails", "5", "--json");

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        JsonElement figures = Parse(outcome.Output);
        Assert.Equal(5, figures.GetProperty("mails").GetInt32());
        Assert.True(figures.GetProperty("characters").GetInt64() > 300);
        Assert.InRange(figures.GetProperty("bitsPerCharacter").GetDouble(), 0.05, 3);
        Assert.All(["coverage", "precisionWhenShown"], name => Assert.InRange(figures.GetProperty(name).GetDouble(), 0, 1));
        Assert.All(["whole", "word", "oracle"], name => Assert.InRange(figures.GetProperty("keystrokeSavings").GetProperty(name).GetDouble(), 0, 1));
        Assert.All(["p50", "p90", "p99"], name => Assert.True(figures.GetProperty("latencyMs").GetProperty(name).GetDouble() > 0));
        Assert.InRange(figures.GetProperty("exactMatch").GetProperty("1").GetDouble(), 0, 1);
        Assert.True(figures.GetProperty("peakMemoryMB").GetDouble() > 10);
        Assert.True(figures.GetProperty("keystrokeSavings").GetProperty("oracle").GetDouble() > 0.1, "a model of so repetitive mail saves something");
    }

    [Fact]
    public async Task Serve_answers_like_complete_with_a_session_and_without_and_ends_at_an_interrupt()
    {
        using InklingProcess server = InklingProcess.Start(trained.Home, "serve", "--port", "0", "--model", trained.Model);
        await server.WaitForAsync("listening on http://127.0.0.1:");
        string address = server.Output.Trim()["listening on ".Length..];
        using var client = new HttpClient { BaseAddress = new Uri(address) };

        for (int i = Draft.Length - 8; i <= Draft.Length; i++)
        {
            JsonElement kept = await AskAsync(client, new { text = Draft[..i], session = "one" });
            JsonElement alone = await AskAsync(client, new { text = Draft[..i] });
            Assert.Equal(alone.GetProperty("candidates").GetRawText(), kept.GetProperty("candidates").GetRawText());
        }

        JsonElement printed = Parse((await RunAsync("complete", "--model", trained.Model, "--json", Draft)).Output);
        JsonElement asked = await AskAsync(client, new { text = Draft });
        Assert.Equal(
            printed.GetProperty("candidates").EnumerateArray().Select(one => one.GetProperty("text").GetString()),
            asked.GetProperty("candidates").EnumerateArray().Select(one => one.GetProperty("text").GetString()));

        string port = new Uri(address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Outcome second = await RunAsync("serve", "--port", port, "--model", trained.Model);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"port {port} is in use", second.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("--port", second.ErrorLine, StringComparison.Ordinal);

        server.Interrupt();
        Outcome ended = await server.EndAsync();
        Assert.Equal(130, ended.ExitCode);
        Assert.DoesNotContain("Thank", ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_goes_on_from_a_model_and_an_interrupt_keeps_the_best()
    {
        string folder = Path.Combine(trained.Home, "longer");
        using InklingProcess training = InklingProcess.Start(
            trained.Home, "train", "--mail", trained.Mail, "--from", trained.Model, "--preset", "nano", "--out", folder, "--epochs", "1000");
        await training.WaitForAsync("validation");
        training.Interrupt();
        Outcome outcome = await training.EndAsync();

        Assert.Equal(130, outcome.ExitCode);
        Assert.Contains("interrupted (and nothing lost)", outcome.Errors, StringComparison.Ordinal);
        Outcome completed = await RunAsync("complete", "--model", folder, "--json", Draft);
        Assert.True(completed.ExitCode == 0, completed.Errors);
        Outcome resumed = await RunAsync("train", "--mail", trained.Mail, "--preset", "nano", "--out", folder, "--resume", "--minutes", "0.02", "--json");
        Assert.True(resumed.ExitCode == 0, resumed.Errors);
    }

    [Fact]
    public async Task Doctor_finds_the_model_whole()
    {
        Outcome outcome = await RunAsync("doctor", "--model", trained.Model, "--json");

        Assert.True(outcome.ExitCode == 0, outcome.Output);
        JsonElement answer = Parse(outcome.Output);
        Assert.True(answer.GetProperty("ready").GetBoolean());
        JsonElement model = answer.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "model");
        Assert.Equal("fine", model.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("tokenizer.json")]
    [InlineData("config.json")]
    public async Task A_damaged_model_is_told_in_one_line(string file)
    {
        string broken = Path.Combine(trained.Home, "broken-" + file);
        Directory.CreateDirectory(broken);
        foreach (string part in Directory.EnumerateFiles(trained.Model))
        {
            byte[] bytes = await File.ReadAllBytesAsync(part);
            await File.WriteAllBytesAsync(Path.Combine(broken, Path.GetFileName(part)), Path.GetFileName(part) == file ? bytes[..(bytes.Length / 2)] : bytes);
        }

        foreach (string command in (string[])["complete", "serve"])
        {
            Outcome outcome = await RunAsync([command, "--model", broken, .. command == "complete" ? (string[])["Dear"] : ["--port", "0"]]);
            Assert.Equal(1, outcome.ExitCode);
            Assert.Contains(file, outcome.ErrorLine, StringComparison.Ordinal);
            Assert.DoesNotContain("unexpected", outcome.ErrorLine, StringComparison.Ordinal);
        }
    }

    private Task<Outcome> RunAsync(params string[] arguments) => InklingProcess.RunAsync(trained.Home, arguments);

    private static async Task<JsonElement> AskAsync(HttpClient client, object body)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync("/v1/completions", body);
        response.EnsureSuccessStatusCode();
        return Parse(await response.Content.ReadAsStringAsync());
    }

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Reads tokens from the states that another call left, or from zeros.</summary>
    private static IReadOnlyDictionary<string, OnnxValue> Read(OnnxModel model, IReadOnlyDictionary<string, OnnxValue>? before, params long[] tokens)
    {
        Dictionary<string, OnnxValue> inputs = new() { ["tokens"] = OnnxValue.Create([tokens.Length, 1], tokens) };
        foreach (OnnxPort port in model.Inputs.Where(port => port.Name != "tokens"))
        {
            int width = port.Shape![1].Size!.Value;
            inputs[port.Name] = before is null ? OnnxValue.Create([1, width], new float[width]) : before[$"last_{port.Name}"];
        }

        return model.Run(inputs);
    }
}
