namespace NanoFormer.Data.Import;

/// <summary>Reads text of any length line by line, in its own memory; an empty line differs from the end of the text.</summary>
internal sealed class LineReader(TextReader text)
{
    private const int LongestLine = 1 << 20;

    private char[] _buffer = new char[1 << 16];
    private int _begin;
    private int _end;
    private bool _isOver;

    /// <summary>Number of the current line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the current line ends with a line end; the last line of a file that was cut off does not.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The next line, without its end (\n, \r\n or \r); false after the last. It is valid up to the next call.</summary>
    /// <exception cref="InvalidDataException">A line is longer than a million characters: this is not text with lines.</exception>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        int searched = 0;
        while (true)
        {
            var ahead = _buffer.AsSpan(_begin + searched, _end - _begin - searched);
            int length = ahead.IndexOfAny('\n', '\r');
            if (length >= 0 && (ahead[length] == '\n' || searched + length + 1 < _end - _begin || _isOver))
            {
                line = Take(searched + length);
                return true;
            }

            searched = length >= 0 ? searched + length : _end - _begin;
            if (_isOver)
            {
                line = _buffer.AsSpan(_begin, _end - _begin);
                _begin = _end;
                IsFinished = false;
                Number += line.Length > 0 ? 1 : 0;
                return line.Length > 0;
            }

            Fill();
        }
    }

    private ReadOnlySpan<char> Take(int length)
    {
        var line = _buffer.AsSpan(_begin, length);
        bool isPair = _buffer[_begin + length] == '\r' && _begin + length + 1 < _end && _buffer[_begin + length + 1] == '\n';
        _begin += length + (isPair ? 2 : 1);
        IsFinished = true;
        Number++;
        return line;
    }

    private void Fill()
    {
        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine)
            {
                throw new InvalidDataException(FormattableString.Invariant($"line {Number + 1} is longer than {LongestLine} characters"));
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = text.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isOver = read == 0;
    }
}
