using System.Runtime.InteropServices;

namespace Inkling.Comparison;

/// <summary>A temporary folder of arrays for a peer: <c>NAME.f32</c> and <c>NAME.i32</c>, nothing but the numbers, row-major, little-endian.</summary>
internal sealed class ExchangeFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("inkling-compare-").FullName;

    /// <summary>Writes an array of floats.</summary>
    public void Write(string name, ReadOnlySpan<float> values) => File.WriteAllBytes(In(name + ".f32"), MemoryMarshal.AsBytes(values));

    /// <summary>Writes an array of integers.</summary>
    public void Write(string name, ReadOnlySpan<int> values) => File.WriteAllBytes(In(name + ".i32"), MemoryMarshal.AsBytes(values));

    /// <summary>Writes the values of parameters, each under its name.</summary>
    public void Write(ParameterSet parameters)
    {
        foreach (Parameter parameter in parameters)
            Write(parameter.Name, parameter.Values);
    }

    /// <summary>The path of a file in it.</summary>
    public string In(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
