namespace NanoFormer.Logs;

/// <summary>Takes what a reader of logs makes of its bytes: the one interface that views, exports and importers share.</summary>
public interface ISessionSink
{
    /// <summary>Takes a record; its text is valid during the call only.</summary>
    /// <param name="record">The record.</param>
    /// <param name="boot">The boot, and so the device, that it is of.</param>
    void Take(scoped in LogRecord record, Boot boot);

    /// <summary>Takes something found.</summary>
    void Take(Finding finding);

    /// <summary>Takes a line that holds no record, such as a chip's boot text.</summary>
    /// <param name="line">The line without its end, control bytes and colours.</param>
    /// <param name="number">Its number, from 1.</param>
    void TakeText(ReadOnlySpan<byte> line, long number)
    {
    }

    /// <summary>The source is at its end.</summary>
    void End()
    {
    }
}
