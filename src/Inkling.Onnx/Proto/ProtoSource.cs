using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Inkling.Onnx.Proto;

/// <summary>The bytes that are read, and what they are called in messages.</summary>
/// <param name="name">The file, as messages name it.</param>
/// <param name="bytes">All of it.</param>
internal sealed class ProtoSource(string name, byte[] bytes)
{
    /// <summary>The file, as messages name it.</summary>
    public string Name => name;

    /// <summary>All bytes.</summary>
    public byte[] Bytes => bytes;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="OnnxException">It is missing or cannot be read.</exception>
    public static ProtoSource OfFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new ProtoSource(path, File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OnnxException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Throws: the file is damaged.</summary>
    /// <param name="offset">Where, in bytes from the start of the file.</param>
    /// <param name="field">The message and field, for example <c>TensorProto.dims</c>.</param>
    /// <param name="what">What is wrong there, as the end of a sentence that begins with the field.</param>
    [DoesNotReturn, StackTraceHidden]
    public void Fail(long offset, string field, string what) =>
        throw new OnnxException($"'{name}' is not a sound ONNX file: at byte {offset}, {field} {what}. Download or export it again.");
}
