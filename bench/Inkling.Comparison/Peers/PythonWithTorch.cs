using System.Diagnostics;

namespace Inkling.Comparison;

/// <summary>Finds a Python that can import torch: the first of the path, else Debian's.</summary>
internal static class PythonWithTorch
{
    private static readonly Lazy<string?> s_path = new(() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasTorch));

    /// <summary>The command.</summary>
    /// <exception cref="PeerMissingException">There is none.</exception>
    public static string Path => s_path.Value ?? throw new PeerMissingException(
        "no python3 that can import torch. On Debian: apt-get install python3-torch libopenblas0-pthread");

    private static bool HasTorch(string python)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python)
            {
                ArgumentList = { "-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)" },
                RedirectStandardError = true,
            })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
