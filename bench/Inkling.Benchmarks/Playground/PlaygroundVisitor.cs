using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Inkling.Benchmarks.Playground;

/// <summary>A page of the playground that draws every frame at once, sixty a second at most, as a browser does.</summary>
/// <param name="path">The page's socket.</param>
/// <param name="setup">What stands in its address.</param>
internal sealed class PlaygroundVisitor(string path, string setup)
{
    private const double LongestFrame = 1000.0 / 60;

    /// <summary>Milliseconds from a frame that was drawn to the next one.</summary>
    public List<double> Waits { get; } = [];

    /// <summary>Passes a second over the whole of the visit.</summary>
    public double EpochsPerSecond { get; private set; }

    /// <summary>The latest test loss, or loss.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Seconds until the test loss was below a bound; not a number when it was not.</summary>
    public double SecondsToLearn { get; private set; } = double.NaN;

    /// <summary>Opens the page, presses play, and draws for a while.</summary>
    /// <param name="server">The program's address.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="bound">The test loss at which the time is taken.</param>
    public async Task VisitAsync(Uri server, double seconds, double bound)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}{path}"), default);
        await SendAsync(socket, $"{{\"do\":\"open\",\"name\":\"{setup}\"}}");
        await SendAsync(socket, "{\"do\":\"speed\",\"value\":\"0\"}");
        await SendAsync(socket, "{\"do\":\"play\"}");
        byte[] buffer = new byte[1 << 20];
        long start = Stopwatch.GetTimestamp(), drawn = 0;
        double first = double.NaN, epoch = 0, elapsed = 0, firstAt = 0;
        while ((elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds) < seconds)
        {
            using JsonDocument answer = await ReceiveAsync(socket, buffer);
            if (answer.RootElement.GetProperty("kind").GetString() != "frame") continue;
            if (drawn > 0) Waits.Add(Stopwatch.GetElapsedTime(drawn).TotalMilliseconds);
            epoch = answer.RootElement.GetProperty("epoch").GetDouble();
            if (double.IsNaN(first)) (first, firstAt) = (epoch, Stopwatch.GetElapsedTime(start).TotalSeconds);
            foreach (string name in (string[])["testLoss", "loss"])
            {
                if (answer.RootElement.TryGetProperty(name, out JsonElement loss)) Loss = loss.GetDouble();
            }

            if (double.IsNaN(SecondsToLearn) && epoch > 0 && Loss < bound) SecondsToLearn = Stopwatch.GetElapsedTime(start).TotalSeconds;
            await Task.Delay(TimeSpan.FromMilliseconds(LongestFrame));
            drawn = Stopwatch.GetTimestamp();
            await SendAsync(socket, "{\"do\":\"drawn\"}");
        }

        EpochsPerSecond = (epoch - first) / (elapsed - firstAt);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }

    /// <summary>In a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{setup}: {EpochsPerSecond:0.0} epochs/s, loss {Loss:0.000}");

    private static Task SendAsync(ClientWebSocket socket, string command) => socket.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, endOfMessage: true, default);

    private static async Task<JsonDocument> ReceiveAsync(ClientWebSocket socket, byte[] buffer)
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), default);
            length += part.Count;
            if (part.EndOfMessage) break;
        }

        return JsonDocument.Parse(buffer.AsMemory(4, BinaryPrimitives.ReadInt32LittleEndian(buffer)).ToArray());
    }
}
