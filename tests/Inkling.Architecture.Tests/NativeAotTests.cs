using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Inkling.Architecture.Tests;

/// <summary>The library works compiled ahead of time: <c>samples/NativeAot</c> is published as native code and run.</summary>
public sealed class NativeAotTests
{
    private const string Part = "aot";

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_native_program_trains_saves_and_loads()
    {
        if (Missing() is { } missing) SkipUnlessRequired(missing);
        string folder = Path.Combine(Repository.Root, ".work", "aot-test");
        (int code, string said) = Run(
            "dotnet", "publish", Path.Combine(Repository.Root, "samples", "NativeAot"), "-c", "Release", "-r", "linux-x64", "--artifacts-path", folder + ".build",
            "-o", folder, "--nologo", "-v", "minimal", "-tl:off", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false");   // the sources are analysed where the solution is built

        // Without the package registry the compiler cannot be fetched; everything else that goes wrong is a failure.
        if (said.Contains("NU1101", StringComparison.Ordinal) || said.Contains("NU1301", StringComparison.Ordinal)) SkipUnlessRequired("the package of the native compiler cannot be fetched");
        Assert.True(code == 0, said);
        Assert.DoesNotContain("warning IL", said, StringComparison.Ordinal);   // neither trimming nor the lack of a JIT may cost anything
        string program = Path.Combine(folder, "NativeAot");
        foreach (string net in (string[])["pictures", "numbers"])
        {
            (code, said) = Run(program, "30", net);
            Assert.True(code == 0, said);
            Assert.Contains("saved, loaded, and the same again", said, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path.Combine(folder, "NativeAot.dll")), "it was published as managed code");
    }

    private static string? Missing()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64) return "the sample is published for linux-x64";
        if (!System.Runtime.Intrinsics.X86.Fma.IsSupported) return "the processor has no FMA, which the sample is compiled for";
        string[] places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!places.Any(place => File.Exists(Path.Combine(place, "clang")))) return "clang is not installed (Debian: clang and zlib1g-dev)";
        return File.Exists("/usr/include/zlib.h") ? null : "zlib's headers are not installed (Debian: zlib1g-dev)";
    }

    private static void SkipUnlessRequired(string why)
    {
        string[] required = (Environment.GetEnvironmentVariable("INKLING_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains(Part), $"INKLING_REQUIRE names {Part}, but {why}.");
        Assert.Skip($"No Native AOT here: {why}.");
    }

    private static (int Code, string Said) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said + complaints.Result);
    }
}
