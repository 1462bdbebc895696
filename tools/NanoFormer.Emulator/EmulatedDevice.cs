using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using NanoFormer.Interop;

namespace NanoFormer.Emulator;

/// <summary>What the pins and the supply of an emulated device under test would show.</summary>
public interface IDeviceWatcher
{
    /// <summary>A command begins.</summary>
    void Works();

    /// <summary>An inference has taken this long.</summary>
    void Ran(double seconds);

    /// <summary>The marker falls.</summary>
    void Falls();

    /// <summary>The device waits for the next command.</summary>
    void Rests();
}

/// <summary>
/// The C device under test of MLPerf Tiny (native-interop/mlperf) on a core that QEMU emulates, behind its UART. Its clock is the time
/// that the counted instructions of its inferences take: an estimate.
/// </summary>
public sealed class EmulatedDevice : IDisposable
{
    private const double PicosecondsPerMicrosecond = 1e6;
    private const int EventBytes = 9;
    private const int Plenty = 1 << 20;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private static readonly byte[] Ready = "m-ready\r\n"u8.ToArray();

    private readonly QemuProcess _process;
    private readonly Socket _uart;
    private readonly IDeviceWatcher? _watcher;
    private readonly double _secondsPerTick;
    private readonly SemaphoreSlim _rests = new(0);
    private int _readyBytes;

    /// <summary>Boots a core with an image in its flash.</summary>
    /// <param name="image">The model image.</param>
    /// <param name="target">The core.</param>
    /// <param name="instructionMicroseconds">Microseconds that an instruction takes on the board that the core stands for.</param>
    /// <param name="watcher">Energy mode: sees what an instrument would; null for performance and accuracy mode.</param>
    /// <exception cref="TransformerException">The engine refuses the image.</exception>
    /// <exception cref="EmulatorException">QEMU or a build product is missing, or QEMU failed.</exception>
    public EmulatedDevice(byte[] image, CoreTarget target, double instructionMicroseconds, IDeviceWatcher? watcher = null)
    {
        double microsecondsPerTick = target.InstructionsPerTick * instructionMicroseconds;
        _secondsPerTick = microsecondsPerTick / 1e6;
        _watcher = watcher;
        _process = new QemuProcess(target, NativeBuild.DeviceImage(target), image, virtualClock: true,
            [(uint)Math.Round(microsecondsPerTick * PicosecondsPerMicrosecond), watcher is null ? 0u : 1u], uartIsSocket: true);
        try
        {
            _uart = Connect();
        }
        catch
        {
            _process.Dispose();
            throw;
        }

        new Thread(Watch) { IsBackground = true }.Start();
    }

    /// <summary>Sends bytes to the device.</summary>
    /// <exception cref="IOException">The emulator ended.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[_uart.Send(bytes)..];
            }
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <summary>
    /// Waits for bytes of the device; 0 when the emulator ended. In energy mode the watcher has seen everything that came before the end
    /// of an answer.
    /// </summary>
    public int Read(byte[] buffer)
    {
        try
        {
            int count = _uart.Receive(buffer);
            for (int i = 0; i < count && _watcher is not null; i++)
            {
                _readyBytes = buffer[i] == Ready[_readyBytes] ? _readyBytes + 1 : buffer[i] == Ready[0] ? 1 : 0;
                if (_readyBytes == Ready.Length)
                {
                    _readyBytes = 0;
                    _rests.Wait();
                }
            }

            return count;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>Ends the emulator.</summary>
    public void Dispose()
    {
        _uart.Dispose();
        _process.Dispose();
        _rests.Release(Plenty); // a reader that waits
    }

    private Socket Connect()
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(_process.UartPath));
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
                if (waiting.Elapsed > StartTime || _process.HasExited)
                {
                    throw _process.Failure("The emulated device did not start.");
                }

                Thread.Sleep(10);
            }
        }
    }

    private void Watch()
    {
        byte[] next = new byte[EventBytes];
        try
        {
            while (_process.Output.ReadAtLeast(next, EventBytes, throwOnEndOfStream: false) == EventBytes)
            {
                Tell((char)next[0], uint.Parse(Encoding.ASCII.GetString(next, 1, EventBytes - 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The emulator ended, or the instrument was unplugged.
        }

        _rests.Release(Plenty);
    }

    private void Tell(char what, uint ticks)
    {
        switch (what)
        {
            case 'w':
                _watcher?.Works();
                break;
            case 'r':
                _watcher?.Ran(ticks * _secondsPerTick);
                break;
            case 'e':
                _watcher?.Falls();
                break;
            case 'i':
                _watcher?.Rests();
                _rests.Release();
                break;
            default:
                break; // a sign of life: without a reader the emulator ends
        }
    }
}
