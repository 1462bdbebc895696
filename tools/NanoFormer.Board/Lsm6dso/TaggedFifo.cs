namespace NanoFormer.Board;

/// <summary>
/// The LSM6DSO's FIFO: words of a tag and six bytes. In continuous mode a full one drops its oldest word, so that the samples behind it no
/// longer begin with the same word.
/// </summary>
internal sealed class TaggedFifo
{
    private const int Capacity = 512;
    private const int WordBytes = 7;

    private readonly Queue<byte[]> _words = new();
    private int _read;

    /// <summary>Words held.</summary>
    public int Count => _words.Count;

    /// <summary>Whether a word was lost since the FIFO was emptied.</summary>
    public bool HasOverrun { get; private set; }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _words.Clear();
        _read = 0;
        HasOverrun = false;
    }

    /// <summary>Takes a word of a sensor, in a time slot.</summary>
    public void Write(int sensor, int slot, ReadOnlySpan<byte> values)
    {
        if (_words.Count == Capacity)
        {
            _words.Dequeue();
            HasOverrun = true;
        }

        int tag = (sensor << 3) | ((slot & 3) << 1);
        tag |= int.PopCount(tag) & 1; // TAG_PARITY makes the number of ones even
        _words.Enqueue([(byte)tag, .. values]);
    }

    /// <summary>The next byte of the oldest word; 0 when there is none.</summary>
    public byte Read()
    {
        if (!_words.TryPeek(out byte[]? word))
        {
            return 0;
        }

        byte value = word[_read];
        _read = (_read + 1) % WordBytes;
        if (_read == 0)
        {
            _words.Dequeue();
        }

        return value;
    }

    /// <summary>A read that begins at the tag begins with a whole word.</summary>
    public void BeginWord() => _read = 0;
}
