using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>What the figures were measured on.</summary>
internal static class MachineDescription
{
    /// <summary>In a line: processor, instruction sets, system, runtime.</summary>
    public static string Text { get; } =
        $"{Processor()}, {Environment.ProcessorCount} processors, lanes of {Lanes.Bits} bits{(Lanes.HasFusedMultiplyAdd ? " with FMA" : "")}" +
        $"{(AvxVnni.IsSupported ? ", AVX-VNNI" : "")}; {System()}; .NET {Environment.Version}";

    /// <summary>The limits in a line.</summary>
    public static string Limits(Roofline limits) => FormattableString.Invariant(
        $"FMA peak {limits.Compute:F0} GFLOP/s (one thread), {limits.ComputeAll:F0} (all); memory read {limits.Memory:F1} GB/s, {limits.MemoryAll:F1}");

    private static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        if (!File.Exists(Information))
            return RuntimeInformation.ProcessArchitecture.ToString();
        string Field(string name) => File.ReadLines(Information).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "";
        return $"{Field("model name")} (family {Field("cpu family")}, model {Field("model\t")})";
    }

    private static string System()
    {
        const string Release = "/etc/os-release", Key = "PRETTY_NAME=";
        string? pretty = File.Exists(Release) ? File.ReadLines(Release).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        return pretty?[Key.Length..].Trim('"') ?? RuntimeInformation.OSDescription;
    }
}
