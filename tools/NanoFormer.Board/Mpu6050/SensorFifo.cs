namespace NanoFormer.Board;

/// <summary>
/// The chip's FIFO. Writing into a full FIFO drops the oldest BYTE, not the oldest packet, so packets come out misaligned
/// after an overflow; reading an empty FIFO repeats the last byte read.
/// </summary>
internal sealed class SensorFifo(int capacity)
{
    private readonly byte[] _ring = new byte[capacity];
    private int _oldest;

    /// <summary>Bytes held, 0 to the capacity.</summary>
    public int Count { get; private set; }

    /// <summary>The byte that was read last, 0 after a reset.</summary>
    public byte LastRead { get; private set; }

    /// <summary>Appends a byte; true when the oldest one was lost to make room.</summary>
    private bool Write(byte value)
    {
        _ring[(_oldest + Count) % capacity] = value;
        if (Count < capacity)
        {
            Count++;
            return false;
        }

        _oldest = (_oldest + 1) % capacity;
        return true;
    }

    /// <summary>Appends bytes; true when any old one was lost to make room.</summary>
    public bool Write(ReadOnlySpan<byte> values)
    {
        bool overflow = false;
        foreach (byte value in values)
        {
            overflow |= Write(value);
        }

        return overflow;
    }

    /// <summary>Takes the oldest byte.</summary>
    public byte Read()
    {
        if (Count == 0)
        {
            return LastRead;
        }

        LastRead = _ring[_oldest];
        _oldest = (_oldest + 1) % capacity;
        Count--;
        return LastRead;
    }

    /// <summary>Empties the FIFO.</summary>
    public void Clear()
    {
        _oldest = 0;
        Count = 0;
        LastRead = 0;
    }
}
