using System.Net.Sockets;

namespace NanoFormer.Monitor.Sources;

/// <summary>A TCP stream, as ser2net, an ESP-Link or <c>tio --socket</c> offer a serial port.</summary>
/// <param name="host">Name or address.</param>
/// <param name="port">Port.</param>
public sealed class TcpSource(string host, int port) : ISource
{
    private const int PollMilliseconds = 200;

    private TcpClient? _client;

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"tcp://{host}:{port}");

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public string? Port => FormattableString.Invariant($"{host}:{port}");

    /// <inheritdoc/>
    public void Open()
    {
        _client?.Dispose();
        _client = new TcpClient();
        try
        {
            _client.Connect(host, port);
        }
        catch (SocketException exception)
        {
            throw new IOException($"{Name}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, CancellationToken stop)
    {
        try
        {
            if (!_client!.Client.Poll(PollMilliseconds * 1000, SelectMode.SelectRead))
            {
                return -1;
            }

            return _client.Client.Receive(buffer) is > 0 and var count ? count : throw new IOException($"{Name}: the other side closed it");
        }
        catch (SocketException exception)
        {
            throw new IOException($"{Name}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();
}
