using System.Diagnostics;

namespace Inkling.App.Web;

/// <summary>Opens a page in the user's browser.</summary>
internal static class Browser
{
    /// <summary>Tries to; where there is no browser the printed address is enough.</summary>
    public static void TryOpen(string address)
    {
        bool linux = OperatingSystem.IsLinux();
        if (linux && Environment.GetEnvironmentVariable("DISPLAY") is null or "" && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null or "")
        {
            return;
        }

        try
        {
            string opener = linux ? "xdg-open" : OperatingSystem.IsMacOS() ? "open" : "explorer";
            using Process? process = Process.Start(new ProcessStartInfo(opener, address) { RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // No opener is installed: the address has been printed.
        }
    }
}
