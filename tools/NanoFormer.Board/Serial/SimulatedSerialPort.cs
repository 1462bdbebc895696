namespace NanoFormer.Board;

/// <summary>
/// A UART (8N1: ten bit times per byte) on the virtual clock. Written bytes go into a transmit buffer and leave it at the baud rate; a
/// write to a full buffer blocks, which is to say lets virtual time pass. Bytes sent to the board wait in a receive buffer; Read gives
/// what is there and does not block. Line noise flips one bit of a byte in either direction.
/// </summary>
public sealed class SimulatedSerialPort : Stream
{
    private const int BitsPerByte = 10;
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly VirtualClock _clock;
    private readonly int _transmitCapacity;
    private readonly double _flipProbability;
    private readonly Random _noise;
    private readonly Queue<byte> _transmitting = new();
    private Queue<ScheduledEvent> _ends = new();
    private readonly Queue<byte> _received = new();
    private WireTiming _outward;
    private readonly WireTiming _inward;
    private bool _isSuspended;

    /// <summary>Opens a port.</summary>
    /// <param name="clock">The board's clock.</param>
    /// <param name="baudRate">Bits per second.</param>
    /// <param name="transmitCapacity">Bytes of the transmit buffer.</param>
    /// <param name="flipProbability">Probability that a byte loses one bit to noise, 0 to 1.</param>
    /// <param name="seed">Seed of the noise.</param>
    public SimulatedSerialPort(
        VirtualClock clock, int baudRate = 115_200, int transmitCapacity = 256, double flipProbability = 0, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baudRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(transmitCapacity);
        _clock = clock;
        _transmitCapacity = transmitCapacity;
        _flipProbability = flipProbability;
        _noise = new Random(seed);
        _outward = new WireTiming(baudRate);
        _inward = new WireTiming(baudRate);
        BaudRate = baudRate;
    }

    /// <summary>Raised on the listener's side when the stop bit of a byte has passed.</summary>
    public event Action<byte>? ByteReceived;

    /// <summary>Bits per second.</summary>
    public int BaudRate { get; }

    /// <summary>Bytes waiting to be read by the board.</summary>
    public int BytesToRead => _received.Count;

    /// <summary>Bytes not yet fully on the line.</summary>
    public int BytesToWrite => _transmitting.Count;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (byte value in buffer)
        {
            _clock.AdvanceUntil(() => _transmitting.Count < _transmitCapacity, long.MaxValue);
            _transmitting.Enqueue(value);
            if (!_isSuspended)
            {
                ScheduleByte();
            }
        }
    }

    /// <summary>Stops the transmitter, as an ESP32's light sleep does: the byte on the line still ends, the others wait.</summary>
    public void Suspend()
    {
        if (_isSuspended)
        {
            return;
        }

        _isSuspended = true;
        foreach (var later in _ends.Skip(1))
        {
            later.Cancel();
        }

        _ends = new(_ends.Take(1));
    }

    /// <summary>Sends what waited.</summary>
    public void Resume()
    {
        if (!_isSuspended)
        {
            return;
        }

        _isSuspended = false;
        _outward = new WireTiming(BaudRate);
        for (int i = _ends.Count; i < _transmitting.Count; i++)
        {
            ScheduleByte();
        }
    }

    /// <summary>Lets virtual time pass until everything written has left.</summary>
    public override void Flush() => _clock.AdvanceUntil(() => _transmitting.Count == 0, long.MaxValue);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _received.Count);
        for (int index = 0; index < count; index++)
        {
            buffer[index] = _received.Dequeue();
        }

        return count;
    }

    /// <summary>The listener sends bytes to the board; they arrive one by one at the baud rate.</summary>
    public void SendToBoard(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _clock.Schedule(_inward.NextByteEnd(_clock.Microseconds), () => _received.Enqueue(Noisy(value)));
        }
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void ScheduleByte() => _ends.Enqueue(_clock.Schedule(_outward.NextByteEnd(_clock.Microseconds), FinishByte));

    private void FinishByte()
    {
        _ends.TryDequeue(out _);
        byte value = Noisy(_transmitting.Dequeue());
        ByteReceived?.Invoke(value);
    }

    private byte Noisy(byte value) =>
        _flipProbability > 0 && _noise.NextDouble() < _flipProbability ? (byte)(value ^ (1 << _noise.Next(8))) : value;

    /// <summary>When bytes end on one wire: back to back while it is busy, without rounding adding up.</summary>
    private sealed class WireTiming(int baudRate)
    {
        private long _burstStart;
        private long _burstBytes;
        private long _busyUntil;

        public long NextByteEnd(long now)
        {
            if (now >= _busyUntil)
            {
                _burstStart = now;
                _burstBytes = 0;
            }

            _burstBytes++;
            _busyUntil = _burstStart + (((_burstBytes * BitsPerByte * MicrosecondsPerSecond) + baudRate - 1) / baudRate);
            return _busyUntil;
        }
    }
}
