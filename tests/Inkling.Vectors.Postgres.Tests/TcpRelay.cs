using System.Net;
using System.Net.Sockets;

namespace Inkling.Vectors.Tests;

/// <summary>Stands between a program and a server: counts connections, and is not there before it is started.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly Uri _server;
    private readonly int _port;
    private readonly List<TcpClient> _open = [];
    private TcpListener? _listener;

    public TcpRelay(string server)
    {
        _server = new Uri(server);
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        _port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>The server's address by way of this.</summary>
    public string Address => $"{_server.Scheme}://{_server.UserInfo}@127.0.0.1:{_port}{_server.AbsolutePath}";

    /// <summary>Connections there were.</summary>
    public int Accepted { get; private set; }

    /// <summary>Lets programs in from now on.</summary>
    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public void Dispose()
    {
        _listener?.Dispose();
        lock (_open) _open.ForEach(one => one.Dispose());
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                TcpClient here = await listener.AcceptTcpClientAsync().ConfigureAwait(false), there = new();
                Accepted++;
                lock (_open) _open.AddRange([here, there]);
                await there.ConnectAsync(_server.Host, _server.Port).ConfigureAwait(false);
                _ = CopyAsync(here, there);
                _ = CopyAsync(there, here);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Nobody is let in any more.
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        using (from)
        using (to)
        {
            try
            {
                await from.GetStream().CopyToAsync(to.GetStream()).ConfigureAwait(false);
            }
            catch (Exception cut) when (cut is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // One side has ended.
            }
        }
    }
}
