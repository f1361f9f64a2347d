using Inkling.Nn.Checkpoints;

namespace Inkling.Golden;

/// <summary>Values that other people's programs computed: <c>tests/golden/FAMILY.safetensors</c>, made by <c>tests/golden/FAMILY.py</c>.</summary>
public sealed class GoldenFamily : IDisposable
{
    private readonly SafetensorsFile _file;

    private GoldenFamily(SafetensorsFile file) => _file = file;

    /// <summary>The names of the cases, in order.</summary>
    public IEnumerable<string> Cases => _file.Entries.Select(entry => entry.Name[..entry.Name.LastIndexOf('/')]).Distinct();

    /// <summary>Opens a family; the file lies in the repository, so a missing one is an error.</summary>
    public static GoldenFamily Open(string family)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inkling.slnx"))) folder = Path.GetDirectoryName(folder);
        return new(SafetensorsFile.Open(Path.Combine(folder ?? ".", "tests", "golden", family + ".safetensors")));
    }

    /// <summary>Whether a case has a tensor, such as <c>grad.x</c>.</summary>
    public bool Has(string @case, string tensor) => _file.Contains($"{@case}/{tensor}");

    /// <summary>The shape of a tensor of a case.</summary>
    public int[] Shape(string @case, string tensor) => [.. _file[$"{@case}/{tensor}"].Shape];

    /// <summary>The values of a floating point tensor of a case: <c>in.NAME</c>, <c>out.N</c>, <c>seed.N</c> or <c>grad.NAME</c>.</summary>
    public float[] Values(string @case, string tensor) => _file.ReadSingles($"{@case}/{tensor}");

    /// <summary>The values of a tensor of 32-bit integers.</summary>
    public int[] Integers(string @case, string tensor)
    {
        int[] shape = Shape(@case, tensor), values = new int[_file[$"{@case}/{tensor}"].Count];
        _file.ReadInt32s($"{@case}/{tensor}", shape, values);
        return values;
    }

    /// <summary>Fails with the place and both values where ours is further from the golden one than the tolerance, relative to the larger of 1 and the largest golden value.</summary>
    public void AssertClose(string @case, string tensor, ReadOnlySpan<float> ours, double tolerance = 1e-5)
    {
        float[] golden = Values(@case, tensor);
        Assert.Equal(golden.Length, ours.Length);
        double scale = 1;
        foreach (float value in golden) scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < golden.Length; i++)
            Assert.True(Math.Abs(golden[i] - ours[i]) <= tolerance * scale, $"{@case}/{tensor}[{i}]: {ours[i]:R} here, {golden[i]:R} golden (scale {scale}, tolerance {tolerance}).");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
