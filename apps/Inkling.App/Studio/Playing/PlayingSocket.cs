using System.Buffers.Binary;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Inkling.App.Studio.Playing.Letters;

namespace Inkling.App.Studio.Playing;

/// <summary>
/// The line between a page of the playground and its run. The page sends commands as JSON; it gets messages of four bytes with the length of a JSON text, the
/// text, and maps or other numbers behind it.
/// </summary>
internal static class PlayingSocket
{
    /// <summary>Where the network of points is.</summary>
    public const string Path = "/playground/socket";

    /// <summary>Where the network that learns a text is.</summary>
    public const string LettersPath = "/playground/letters/socket";

    /// <summary>Pages that may be open at once.</summary>
    public const int MostVisits = 64;

    private const int LongestCommand = 16 * 1024;

    // A text of 200,000 characters, most of them of three bytes, or some written as \u0000.
    private const int LongestText = 1_300_000;

    private const int MostAnswers = 64;

    private static int _visits;

    /// <summary>Maps the line.</summary>
    public static void MapPlaying(this WebApplication application)
    {
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });
        application.Map(Path, (HttpContext context, PlayingScheduler scheduler, IHostApplicationLifetime lifetime) => AcceptAsync(context, scheduler, lifetime, LongestCommand, Open));
        application.Map(LettersPath, (HttpContext context, PlayingScheduler scheduler, IHostApplicationLifetime lifetime, LettersModels models) =>
            AcceptAsync(context, scheduler, lifetime, LongestText, (command, outgoing) => OpenLetters(command, outgoing, models)));
    }

    private static async Task AcceptAsync(
        HttpContext context, PlayingScheduler scheduler, IHostApplicationLifetime lifetime, int longest, Func<PlayingCommand, ChannelWriter<byte[]>, IPlayingVisit> open)
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
                await ServeAsync(socket, scheduler, end, longest, open).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException)
        {
            // The page was closed, or the program ends.
        }
        finally
        {
            Interlocked.Decrement(ref _visits);
        }
    }

    private static async Task ServeAsync(
        WebSocket socket, PlayingScheduler scheduler, CancellationTokenSource end, int longest, Func<PlayingCommand, ChannelWriter<byte[]>, IPlayingVisit> open)
    {
        // A page that sends commands faster than it reads answers waits.
        Channel<byte[]> outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostAnswers) { SingleReader = true });
        Task sending = SendAsync(socket, outgoing.Reader, end.Token);
        IPlayingVisit? visit = null;
        try
        {
            byte[] buffer = new byte[LongestCommand];
            while (true)
            {
                (PlayingCommand? command, buffer) = await ReceiveAsync(socket, buffer, longest, end.Token).ConfigureAwait(false);
                if (command is null) break;
                while (outgoing.Reader.Count > MostAnswers / 2) await Task.Delay(10, end.Token).ConfigureAwait(false);
                bool first = visit is null;
                visit ??= open(command, outgoing.Writer);
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

    private static PlayingVisit Open(PlayingCommand command, ChannelWriter<byte[]> outgoing) => new(
        command.Do == "open" ? command.Name : null, (answer, bytes) => outgoing.TryWrite(Pack(JsonSerializer.SerializeToUtf8Bytes(answer, PlayingJson.Default.PlayingAnswer), bytes.Span)));

    private static LettersVisit OpenLetters(PlayingCommand command, ChannelWriter<byte[]> outgoing, LettersModels models)
    {
        PlayingCommand opening = command.Do == "open" ? command : new PlayingCommand();
        return new LettersVisit(opening.Name, opening.Value, models, (answer, bytes) => outgoing.TryWrite(Pack(JsonSerializer.SerializeToUtf8Bytes(answer, LettersJson.Default.LettersAnswer), bytes.Span)));
    }

    private static byte[] Pack(byte[] text, ReadOnlySpan<byte> bytes)
    {
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

    /// <summary>The next command, or null at the end and when what comes is no command; and the buffer, which grows where it must.</summary>
    private static async Task<(PlayingCommand? Command, byte[] Buffer)> ReceiveAsync(WebSocket socket, byte[] buffer, int longest, CancellationToken end)
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), end).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return (null, buffer);
            length += part.Count;
            if (part.EndOfMessage) break;
            if (length < buffer.Length) continue;
            if (length >= longest)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, string.Create(CultureInfo.InvariantCulture, $"A command is at most {longest / 1024} KB."), end).ConfigureAwait(false);
                return (null, buffer);
            }

            Array.Resize(ref buffer, Math.Min(longest, 4 * buffer.Length));
        }

        try
        {
            PlayingCommand command = JsonSerializer.Deserialize(buffer.AsSpan(0, length), PlayingJson.Default.PlayingCommand) ?? new PlayingCommand();
            return (command, buffer.Length > LongestCommand ? new byte[LongestCommand] : buffer); // a long text is rare, its memory is not kept
        }
        catch (JsonException)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.InvalidPayloadData, "A command is a JSON object.", end).ConfigureAwait(false);
            return (null, buffer);
        }
    }
}
