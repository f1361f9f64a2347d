namespace Inkling.Comparison;

/// <summary>
/// This program, started a second time as a peer: for libraries that .NET can call (through function pointers, which cost some
/// nanoseconds where a script's calls would cost a microsecond), and for our own code under other conditions.
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
                case WidthPeer.Role: WidthPeer.Serve(); return 0;
                case BusyPeer.Role: BusyPeer.Serve(); return 0;
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
