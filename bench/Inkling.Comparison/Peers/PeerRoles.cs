namespace Inkling.Comparison;

/// <summary>
/// Peers that are libraries which .NET can call: this program, started a second time, speaks for them. Their calls go through function
/// pointers, which cost some nanoseconds, where a script's would cost a microsecond.
/// </summary>
internal static class PeerRoles
{
    /// <summary>The argument that starts a role.</summary>
    public const string Argument = "--peer";

    /// <summary>Answers lines of standard input until it ends.</summary>
    /// <returns>The exit code.</returns>
    public static int Play(string role, int threads)
    {
        try
        {
            switch (role)
            {
                case OpenBlas.Role: OpenBlas.Serve(threads); return 0;
                case OnnxRuntimePeer.Role: OnnxRuntimePeer.Serve(); return 0;
                default: throw new ArgumentException($"no peer is called {role}");
            }
        }
        catch (PeerMissingException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return 1;
        }
    }
}
