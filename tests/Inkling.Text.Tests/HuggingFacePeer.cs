using System.ComponentModel;
using System.Diagnostics;

namespace Inkling.Text.Tests;

/// <summary>Runs the scripts in tests/peers/huggingface, or skips the test with a clear word where they cannot run.</summary>
internal static class HuggingFacePeer
{
    private const string Part = "huggingface-tokenizers";

    public static string Run(string script, string[] arguments, string input)
    {
        string folder = Path.Combine(RepositoryRoot(), "tests", "peers", "huggingface");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@huggingface", "tokenizers")))
            Missing($"npm package @huggingface/tokenizers is not installed; run 'npm install' in {folder}");
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Missing("the program 'node' is not there");
        }
        using (process)
        {
            Task<string> output = process!.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"node {script}: exit code {process.ExitCode}\n{errors.Result}");
            return output.Result;
        }
    }

    public static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inkling.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Inkling.slnx was not found above the test program.");
    }

    private static void Missing(string why)
    {
        string[] required = (Environment.GetEnvironmentVariable("INKLING_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains(Part), $"INKLING_REQUIRE names {Part}, but {why}.");
        Assert.Skip($"Not compared with another reader of tokenizer.json: {why}.");
    }
}
