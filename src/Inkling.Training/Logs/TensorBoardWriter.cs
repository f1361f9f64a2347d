using System.Buffers.Binary;
using System.Globalization;
using Inkling.Nn.Checkpoints;
using Inkling.Training.Data;

namespace Inkling.Training.Logs;

/// <summary>
/// Writes an event file that TensorBoard shows: scalars, texts, histograms and images by step. A record is its length, a masked checksum of that,
/// a protocol buffer <c>Event</c>, and a masked checksum of it (TFRecord); the first says <c>brain.Event:2</c>.
/// </summary>
/// <remarks>Every call reaches the file system, so that a page that is open follows the run. Not for several threads at once.</remarks>
/// <example><code>
/// using TensorBoardWriter board = new("runs/first");   // tensorboard --logdir runs
/// board.Scalar("loss/training", step: 1, 2.302);
/// </code></example>
public sealed class TensorBoardWriter : IDisposable
{
    private const int StringType = 7; // DT_STRING

    private static int s_count;

    private readonly FileStream _file;
    private readonly TimeProvider _time;

    /// <summary>Starts a new file.</summary>
    /// <param name="folder">The folder of the run, made when it is missing; TensorBoard shows each folder as a run.</param>
    /// <param name="time">Where times come from; null for the system's clock.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public TensorBoardWriter(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _time = time ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        string name = string.Create(CultureInfo.InvariantCulture,
            $"events.out.tfevents.{_time.GetUtcNow().ToUnixTimeSeconds():0000000000}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_count) - 1}");
        Path = System.IO.Path.Combine(folder, name);
        _file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(Event(0).Text(3, "brain.Event:2"));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>A number at a step; kept as 32 bits, as TensorBoard does.</summary>
    /// <param name="tag">What it is; parts before a slash are shown together, as in <c>loss/training</c>.</param>
    /// <param name="step">The step.</param>
    /// <param name="value">The number.</param>
    public void Scalar(string tag, long step, double value) => Summary(step, Value(tag).Single(2, (float)value));

    /// <summary>A text at a step, in Markdown.</summary>
    public void Text(string tag, long step, string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ProtoWriter shape = new ProtoWriter().Message(2, new ProtoWriter().Integer(1, 1));          // [1]
        ProtoWriter tensor = new ProtoWriter().Integer(1, StringType).Message(2, shape).Text(8, markdown);
        ProtoWriter metadata = new ProtoWriter().Message(1, new ProtoWriter().Text(1, "text"));     // the plug-in that shows it
        Summary(step, Value(tag).Message(8, tensor).Message(9, metadata));
    }

    /// <summary>How numbers are distributed at a step, such as a layer's weights: in 30 equal buckets between the least and the most.</summary>
    /// <param name="tag">What they are.</param>
    /// <param name="step">The step.</param>
    /// <param name="values">The numbers; those that are not finite are left out.</param>
    public void Histogram(string tag, long step, ReadOnlySpan<float> values)
    {
        const int Buckets = 30;
        double least = double.PositiveInfinity, most = double.NegativeInfinity, sum = 0, squares = 0;
        long count = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            count++;
            least = Math.Min(least, value);
            most = Math.Max(most, value);
            sum += value;
            squares += (double)value * value;
        }

        if (count == 0) (least, most) = (0, 0);
        double width = most > least ? (most - least) / Buckets : 1;
        double[] limits = new double[Buckets], counts = new double[Buckets];
        for (int i = 0; i < Buckets; i++) limits[i] = i == Buckets - 1 && most > least ? most : least + (width * (i + 1));
        foreach (float value in values)
        {
            if (float.IsFinite(value)) counts[Math.Clamp((int)((value - least) / width), 0, Buckets - 1)]++;
        }

        ProtoWriter histogram = new ProtoWriter().Double(1, least).Double(2, most).Double(3, count).Double(4, sum).Double(5, squares).Doubles(6, limits).Doubles(7, counts);
        Summary(step, Value(tag).Message(5, histogram));
    }

    /// <summary>An image at a step.</summary>
    public void Image(string tag, long step, RasterImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Summary(step, Value(tag).Message(4, new ProtoWriter().Integer(1, image.Height).Integer(2, image.Width).Integer(3, image.Channels).Bytes(4, PngFile.Encode(image))));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static ProtoWriter Value(string tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return new ProtoWriter().Text(1, tag);
    }

    private ProtoWriter Event(long step)
    {
        ProtoWriter message = new ProtoWriter().Double(1, _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        return step == 0 ? message : message.Integer(2, step);
    }

    private void Summary(long step, ProtoWriter value) => Write(Event(step).Message(5, new ProtoWriter().Message(1, value)));

    private void Write(ProtoWriter message)
    {
        ReadOnlySpan<byte> data = message.Written;
        byte[] record = new byte[data.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Crc32C.Masked(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), Crc32C.Masked(data));
        _file.Write(record);
        _file.Flush();
    }
}
