using NanoFormer.Interop;

namespace NanoFormer.Emulator;

/// <summary>Requests and answers over the byte stream of an emulated core. One thread at a time.</summary>
public sealed class CoreLink : IDisposable
{
    private const byte ReplyFlag = 0x80;
    private const int FirstPortStatus = -64;

    private readonly QemuProcess _process;
    private readonly TimeSpan _timeout;
    private readonly Timer _watchdog;
    private readonly byte[] _received = new byte[65536];
    private int _count;
    private byte _sequence;
    private volatile bool _timedOut;

    /// <summary>Talks to a running server; does not own the process.</summary>
    /// <param name="process">QEMU running the server.</param>
    /// <param name="timeout">Longest wait for an answer; after it the process is ended.</param>
    public CoreLink(QemuProcess process, TimeSpan timeout)
    {
        _process = process;
        _timeout = timeout;
        _watchdog = new Timer(_ => GiveUp());
    }

    /// <summary>Sends a request and gives the payload of its answer, after the status.</summary>
    /// <exception cref="TransformerException">The engine refused; the text is the core's own.</exception>
    /// <exception cref="EmulatorException">The port refused, QEMU ended, or no answer came in time.</exception>
    public byte[] Exchange(CoreRequest request, ReadOnlySpan<byte> payload = default)
    {
        _sequence = _sequence == byte.MaxValue ? (byte)1 : (byte)(_sequence + 1);
        SendRaw(FrameCodec.Encode((byte)request, _sequence, payload));
        CoreFrame answer;
        do
        {
            answer = Receive();
        }
        while (answer.Sequence != _sequence && answer.Sequence != 0);

        return CheckedPayload(answer);
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <exception cref="EmulatorException">QEMU has ended.</exception>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _process.Input.Write(bytes);
            _process.Input.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }
    }

    /// <summary>Waits for the next frame.</summary>
    /// <exception cref="EmulatorException">QEMU ended, no frame came in time, or a damaged one.</exception>
    public CoreFrame Receive()
    {
        byte[] stuffed = [];
        while (stuffed.Length == 0)
        {
            stuffed = ReadToDelimiter();
        }

        return FrameCodec.Decode(stuffed) ?? throw new EmulatorException("The core sent a damaged frame.");
    }

    /// <summary>Throws what an answer's status says; gives the payload after it.</summary>
    /// <exception cref="TransformerException">The engine refused.</exception>
    /// <exception cref="EmulatorException">The port refused, or the answer makes no sense.</exception>
    public static byte[] CheckedPayload(CoreFrame answer)
    {
        var reader = new ReplyReader(answer.Payload);
        int status = reader.ReadInt32();
        if ((answer.Kind & ReplyFlag) == 0)
        {
            throw new EmulatorException("The core sent something that is not an answer.");
        }

        if (status == EngineStatus.Ok)
        {
            return answer.Payload[sizeof(int)..];
        }

        string name = reader.ReadText();
        string text = reader.ReadText();
        throw status > FirstPortStatus ? new TransformerException(status, text) : new EmulatorException(name, text);
    }

    /// <summary>Stops the watchdog.</summary>
    public void Dispose() => _watchdog.Dispose();

    private byte[] ReadToDelimiter()
    {
        int end = _received.AsSpan(0, _count).IndexOf(FrameCodec.Delimiter);
        while (end < 0)
        {
            int from = _count;
            ReadMore();
            end = _received.AsSpan(from, _count - from).IndexOf(FrameCodec.Delimiter);
            end = end < 0 ? end : end + from;
        }

        byte[] stuffed = _received[..end];
        _count -= end + 1;
        _received.AsSpan(end + 1, _count).CopyTo(_received);
        return stuffed;
    }

    private void ReadMore()
    {
        if (_count == _received.Length)
        {
            throw new EmulatorException("The core sent a frame longer than the protocol allows.");
        }

        _watchdog.Change(_timeout, Timeout.InfiniteTimeSpan);
        int read = _process.Output.Read(_received, _count, _received.Length - _count);
        _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (read == 0)
        {
            throw Ended();
        }

        _count += read;
    }

    private void GiveUp()
    {
        _timedOut = true;
        _process.Kill();
    }

    private EmulatorException Ended() =>
        _process.Failure(_timedOut ? $"The emulated core did not answer within {_timeout}." : "QEMU ended unexpectedly.");
}
