using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Inkling.App.Tests.Web;

public sealed class CompletionApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_draft_is_answered_in_the_form_of_the_contract()
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync(
            """{"text": "Thank you", "subject": "Lunch", "previous": "Shall we?", "to": ["ann@example.org"], "session": "s1"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["suggestion", "candidates", "reason", "elapsedMs"], answer.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["text", "words", "confidence", "source"], answer.GetProperty("suggestion").EnumerateObject().Select(field => field.Name));
        Assert.Equal(["text", "confidence", "source"], answer.GetProperty("candidates")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(" for your help.", answer.GetProperty("suggestion").GetProperty("text").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("reason").ValueKind);
        Assert.Equal(("Thank you", "Lunch", "Shall we?", "s1"),
            (server.Completion.LastRequest!.Text, server.Completion.LastRequest.Subject, server.Completion.LastRequest.Previous, server.Completion.LastSession));
        Assert.Equal(["ann@example.org"], server.Completion.LastRequest.To);
    }

    [Fact]
    public async Task Only_the_text_is_needed_and_an_empty_one_has_a_reason()
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync("""{"text": "", "subject": null, "unknown": [1, {"a": 2}]}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("suggestion").ValueKind);
        Assert.Equal("nothing-to-complete", answer.GetProperty("reason").GetString());
        Assert.Equal(0, answer.GetProperty("candidates").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"text": 5}""", "text")]
    [InlineData("""{"text": ["a"]}""", "text")]
    [InlineData("""{"subject": "no text"}""", "text")]
    [InlineData("""{"text": "a", "subject": {"b": 1}}""", "subject")]
    [InlineData("""{"text": "a", "previous": true}""", "previous")]
    [InlineData("""{"text": "a", "to": "ann@example.org"}""", "to")]
    [InlineData("""{"text": "a", "to": [1]}""", "to")]
    [InlineData("""{"text": "a", "session": 1.5}""", "session")]
    [InlineData("""[1, 2]""", null)]
    [InlineData("""null""", null)]
    [InlineData("""{"text": "a" """, null)]
    [InlineData("""{"text": "a"} {"text": "b"}""", null)]
    [InlineData("""text=a""", null)]
    [InlineData("", null)]
    public async Task A_body_of_the_wrong_form_is_a_problem_that_names_the_field(string body, string? field)
    {
        (HttpStatusCode status, JsonElement problem) = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.Equal(field, problem.TryGetProperty("field", out JsonElement named) ? named.GetString() : null);
        Assert.Contains(field ?? "{\"text\": \"…\"", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud83d", "\ufffd")]
    [InlineData("a\\udc00\\ud800 \\\"b\\\"\\n\\/", "a\ufffd\ufffd \"b\"\n/")]
    [InlineData("\\ud83d\\ude00 and \\ude00", "\U0001F600 and \ufffd")]
    [InlineData("\\u0000\\u0007\\u202e", "\0\a\u202e")]
    [InlineData("שלום עולם", "שלום עולם")]
    public async Task Any_text_is_taken_even_half_a_surrogate_pair(string escaped, string read)
    {
        (HttpStatusCode status, _) = await PostAsync($$"""{"text": "{{escaped}}", "to": ["{{escaped}}"]}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(read, server.Completion.LastRequest!.Text);
        Assert.Equal(read, server.Completion.LastRequest.To[0]);
    }

    [Fact]
    public async Task Invalid_utf8_is_a_problem()
    {
        using var content = new ByteArrayContent([.. "{\"text\": \""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await server.Client.PostAsync("/v1/completions", content);

        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task A_draft_of_100000_characters_is_taken_and_a_body_over_one_megabyte_refused()
    {
        string draft = new('x', 100_000);
        (HttpStatusCode status, _) = await PostAsync($$"""{"text": "{{draft}}"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(draft, server.Completion.LastRequest!.Text);

        (HttpStatusCode tooLarge, JsonElement problem) = await PostAsync($$"""{"text": "{{new string('x', 1_100_000)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge);
        Assert.Equal(413, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_body_over_one_megabyte_in_chunks_is_refused_as_well()
    {
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"text": "{{new string('x', 1_100_000)}}"}""")));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/completions") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task A_body_that_is_not_json_is_refused(string? type)
    {
        using var content = new ByteArrayContent("{\"text\": \"a\"}"u8.ToArray());
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using HttpResponseMessage response = await server.Client.PostAsync("/v1/completions", content);

        await AssertProblemAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Unknown_paths_and_methods_are_problems()
    {
        using HttpResponseMessage missing = await server.Client.GetAsync("/v1/nothing");
        await AssertProblemAsync(missing, HttpStatusCode.NotFound);
        using HttpResponseMessage method = await server.Client.GetAsync("/v1/completions");
        await AssertProblemAsync(method, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_defect_is_a_problem_that_quotes_nothing()
    {
        await using var broken = new RunningServer();
        await broken.InitializeAsync();
        broken.Completion.Failure = new InvalidOperationException("Dear Ann, my secret");
        using HttpResponseMessage response = await broken.Client.PostAsync(
            "/v1/completions", new StringContent("{\"text\": \"Dear Ann\"}", Encoding.UTF8, "application/json"));

        await AssertProblemAsync(response, HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("Ann", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_names_the_model()
    {
        using JsonDocument health = JsonDocument.Parse(await server.Client.GetStringAsync("/v1/health"));

        Assert.Equal("ok", health.RootElement.GetProperty("status").GetString());
        Assert.Equal("echo", health.RootElement.GetProperty("model").GetString());
        Assert.True(health.RootElement.GetProperty("memoryMB").GetDouble() > 1);
    }

    [Fact]
    public async Task The_description_lists_paths_fields_and_problems()
    {
        using JsonDocument api = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json"));

        Assert.StartsWith("3.", api.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        JsonElement paths = api.RootElement.GetProperty("paths");
        Assert.True(paths.TryGetProperty("/v1/health", out _));
        JsonElement post = paths.GetProperty("/v1/completions").GetProperty("post");
        Assert.True(post.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.All(["200", "400", "403", "413", "415"], code => Assert.True(post.GetProperty("responses").TryGetProperty(code, out _), code));
        JsonElement body = api.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("CompletionBody").GetProperty("properties");
        Assert.Equal(["previous", "session", "subject", "text", "to"], body.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await server.Client.PostAsync("/v1/completions", content);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(response.IsSuccessStatusCode ? "application/json" : "application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, answer.RootElement.Clone());
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
    }
}
