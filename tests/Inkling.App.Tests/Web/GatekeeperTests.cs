using System.Net;
using System.Text;

namespace Inkling.App.Tests.Web;

public sealed class GatekeeperTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:1234", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]:80", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example:7070", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("0.0.0.0", false)]
    public async Task Only_the_names_of_this_machine_are_answered(string host, bool answered)
    {
        string answer = await server.SendRawAsync($"GET /v1/health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith(answered ? "HTTP/1.1 200" : "HTTP/1.1 421", answer, StringComparison.Ordinal);
        if (!answered)
        {
            Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_request_without_a_host_is_refused()
    {
        Assert.StartsWith("HTTP/1.1 421", await server.SendRawAsync("GET /v1/health HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await server.SendRawAsync("GET /v1/health HTTP/1.1\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    [InlineData("https://localhost")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("chrome-extension://abcdefgh")]
    public async Task A_foreign_origin_is_refused_on_every_path(string origin)
    {
        foreach (string path in (string[])["/v1/completions", "/v1/health", "/openapi/v1.json", "/"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{\"text\": \"a\"}", Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("Origin", origin);
            using HttpResponseMessage response = await server.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Our_own_origin_is_let_in()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/completions") { Content = new StringContent("{\"text\": \"a\"}", Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Two_origins_are_refused()
    {
        string own = server.Address.GetLeftPart(UriPartial.Authority);
        string answer = await server.SendRawAsync(
            $"GET /v1/health HTTP/1.1\r\nHost: {server.Address.Authority}\r\nOrigin: {own}\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
    }
}
