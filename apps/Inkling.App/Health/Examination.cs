using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Inkling.App.Running;
using Inkling.App.Web;
using Inkling.Mail;

namespace Inkling.App.Health;

/// <summary>Looks at everything the program needs.</summary>
internal static class Examination
{
    private const long EnoughDisk = 1L << 30;
    private const long EnoughMemory = 1L << 30;

    /// <summary>Checks one thing after the other; each is returned as soon as it is known.</summary>
    /// <param name="model">The model folder asked for; null for the usual one.</param>
    /// <param name="port">The port the studio would use.</param>
    /// <param name="data">The user's data folder.</param>
    public static IEnumerable<Check> Run(string? model, int port, DataFolder data)
    {
        yield return Sdk();
        yield return Processor();
        yield return Memory();
        yield return Model(model, data);
        yield return Port(port);
        yield return Folder(data);
        yield return Disk(data);
    }

    private static Check Sdk()
    {
        string runtime = RuntimeInformation.FrameworkDescription;
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("dotnet", "--list-sdks") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string[] sdks = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return sdks.Any(sdk => sdk.StartsWith("10.", StringComparison.Ordinal))
                ? Check.Fine("SDK", $"{string.Join(", ", sdks.Select(sdk => sdk.Split(' ')[0]))}, running on {runtime}")
                : Check.Warning("SDK", $"no .NET 10 SDK, running on {runtime}", "install the .NET 10 SDK from https://dotnet.microsoft.com/download to build changes");
        }
        catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return Check.Warning("SDK", $"`dotnet` is not on the PATH, running on {runtime}", "add its folder to PATH to build changes");
        }
    }

    private static Check Processor()
    {
        string width = Vector512.IsHardwareAccelerated ? "AVX-512" : Avx2.IsSupported ? "AVX2" : RuntimeInformation.ProcessArchitecture.ToString();
        string found = $"{Environment.ProcessorCount} cores, {width}{(Fma.IsSupported ? ", FMA" : "")}";
        return Vector256.IsHardwareAccelerated || Vector128.IsHardwareAccelerated && RuntimeInformation.ProcessArchitecture is Architecture.Arm64
            ? Check.Fine("processor", found)
            : Check.Warning("processor", found, "works, several times slower than with AVX2; is DOTNET_EnableAVX2 set, or is this a virtual machine with a plain processor model?");
    }

    private static Check Memory()
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string found = $"{available / 1e9:0.0} GB";
        return available >= EnoughMemory
            ? Check.Fine("memory", found)
            : Check.Warning("memory", found, "enough to complete; to train, choose --preset nano");
    }

    private static Check Model(string? given, DataFolder data)
    {
        try
        {
            string folder = ModelChoice.Resolve(given, data);
            var clock = Stopwatch.StartNew();
            using Completer completer = Completer.Load(folder);
            double loaded = clock.Elapsed.TotalMilliseconds;
            var request = new CompletionRequest { Text = "Thank you very much for" };
            _ = completer.Complete(request);
            Completion warm = completer.Complete(request);
            return Check.Fine("model", $"{completer.Info.Name} ({completer.Info.Parameters / 1e6:0.0} M weights, {completer.Info.SizeBytes / 1e6:0.0} MB) in {folder}: loaded in {loaded:0} ms, completes in {warm.ElapsedMs:0.0} ms");
        }
        catch (Exception problem) when (problem is FailureException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Check.Failed("model", problem.Message.ReplaceLineEndings(" "), "name another with --model, or train one: `inkling train --help`");
        }
    }

    private static Check Port(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // What a closed server leaves behind does not count as in use, as it does not for the server itself.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return Check.Fine("port", $"{port} is free");
        }
        catch (SocketException)
        {
            return Check.Warning("port", $"{port} is in use", $"by a running studio? Otherwise choose another: `inkling --port {(port == ServerOptions.DefaultPort ? port + 1 : ServerOptions.DefaultPort)}`");
        }
    }

    private static Check Folder(DataFolder data)
    {
        string at = NearestExisting(data.Root);
        string probe = Path.Combine(at, ".inkling-" + Environment.ProcessId);
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Check.Fine("data folder", data.Root);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Check.Failed("data folder", $"{data.Root} cannot be written: {problem.Message}", "make it writable, or set XDG_DATA_HOME to a folder that is");
        }
    }

    private static Check Disk(DataFolder data)
    {
        var drive = new DriveInfo(NearestExisting(data.Root));
        string found = $"{drive.AvailableFreeSpace / 1e9:0.0} GB free";
        return drive.AvailableFreeSpace >= EnoughDisk
            ? Check.Fine("disk", found)
            : Check.Warning("disk", found, "training needs about 1 GB: make room, or set XDG_DATA_HOME to another disk");
    }

    private static string NearestExisting(string folder)
    {
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder) ?? Path.GetPathRoot(Path.GetFullPath("."))!;
        }

        return folder;
    }
}
