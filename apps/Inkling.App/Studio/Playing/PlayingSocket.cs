using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Inkling.App.Studio.Playing;

/// <summary>
/// The line between the playground's page and its run. The page sends commands as JSON; it gets messages of four bytes with the length of a JSON text, the
/// text, and maps behind it.
/// </summary>
internal static class PlayingSocket
{
    /// <summary>Where it is.</summary>
    public const string Path = "/playground/socket";

    /// <summary>Pages that may be open at once.</summary>
    public const int MostVisits = 64;

    private const int LongestCommand = 16 * 1024;

    private const int MostAnswers = 64;

    private static int _visits;

    /// <summary>Maps the line.</summary>
    public static void MapPlaying(this WebApplication application)
    {
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });
        application.Map(Path, async (HttpContext context, PlayingScheduler scheduler, IHostApplicationLifetime lifetime) =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
                return;
            }

            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            try
            {
                if (Interlocked.Increment(ref _visits) > MostVisits)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "Too many pages are open; close one and load this page again.", end.Token).ConfigureAwait(false);
                else
                    await ServeAsync(socket, scheduler, end).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is WebSocketException or OperationCanceledException)
            {
                // The page was closed, or the program ends.
            }
            finally
            {
                Interlocked.Decrement(ref _visits);
            }
        });
    }

    private static async Task ServeAsync(WebSocket socket, PlayingScheduler scheduler, CancellationTokenSource end)
    {
        // A page that sends commands faster than it reads answers waits.
        Channel<byte[]> outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostAnswers) { SingleReader = true });
        Task sending = SendAsync(socket, outgoing.Reader, end.Token);
        PlayingVisit? visit = null;
        try
        {
            byte[] buffer = new byte[LongestCommand];
            while (await ReceiveAsync(socket, buffer, end.Token).ConfigureAwait(false) is { } command)
            {
                while (outgoing.Reader.Count > MostAnswers / 2) await Task.Delay(10, end.Token).ConfigureAwait(false);
                bool first = visit is null;
                visit ??= Open(command, outgoing.Writer);
                if (visit.Handle(first && command.Do == "open" ? new PlayingCommand { Do = "drawn" } : command)) scheduler.Schedule(visit);
            }
        }
        finally
        {
            visit?.Dispose();
            outgoing.Writer.Complete();
            await end.CancelAsync().ConfigureAwait(false);
            try
            {
                await sending.ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is WebSocketException or OperationCanceledException)
            {
                // What could not be sent was for a page that is closed.
            }
        }
    }

    private static PlayingVisit Open(PlayingCommand command, ChannelWriter<byte[]> outgoing) =>
        new(command.Do == "open" ? command.Name : null, (answer, bytes) => outgoing.TryWrite(Pack(answer, bytes.Span)));

    private static byte[] Pack(PlayingAnswer answer, ReadOnlySpan<byte> bytes)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(answer, PlayingJson.Default.PlayingAnswer);
        byte[] packed = new byte[4 + text.Length + bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(packed, text.Length);
        text.CopyTo(packed, 4);
        bytes.CopyTo(packed.AsSpan(4 + text.Length));
        return packed;
    }

    private static async Task SendAsync(WebSocket socket, ChannelReader<byte[]> outgoing, CancellationToken end)
    {
        await foreach (byte[] message in outgoing.ReadAllAsync(end).ConfigureAwait(false))
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, end).ConfigureAwait(false);
    }

    /// <summary>The next command; null at the end, and when what comes is no command.</summary>
    private static async Task<PlayingCommand?> ReceiveAsync(WebSocket socket, byte[] buffer, CancellationToken end)
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), end).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) break;
            if (length == buffer.Length)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "A command is at most 16 KB.", end).ConfigureAwait(false);
                return null;
            }
        }

        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), PlayingJson.Default.PlayingCommand) ?? new PlayingCommand();
        }
        catch (JsonException)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.InvalidPayloadData, "A command is a JSON object.", end).ConfigureAwait(false);
            return null;
        }
    }
}
