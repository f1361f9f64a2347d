using Inkling.Onnx.Proto;

namespace Inkling.Onnx;

/// <summary>Tensors in files of their own (<c>.pb</c>, one TensorProto), as the ONNX test suite keeps inputs and outputs.</summary>
public static class OnnxTensorFile
{
    /// <summary>Reads a tensor from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OnnxException">The file is missing or damaged; the message names the file, the field and the byte.</exception>
    /// <exception cref="OnnxUnsupportedException">The element type is not supported.</exception>
    public static OnnxValue Load(string path)
    {
        ProtoSource source = ProtoSource.OfFile(path);
        TensorProto tensor = TensorProto.Read(new ProtoReader(source, nameof(TensorProto)));
        return new TensorReader(source, Path.GetDirectoryName(Path.GetFullPath(path))).Read(tensor);
    }
}
