namespace NanoFormer.Monitor.Sources;

/// <summary>A file, or standard input, as fast as it can be read.</summary>
/// <param name="name">What it is called.</param>
/// <param name="open">Opens the stream.</param>
public sealed class StreamSource(string name, Func<Stream> open) : ISource
{
    private Stream? _stream;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public bool IsLive => false;

    /// <inheritdoc/>
    public string? Port => null;

    /// <summary>A file.</summary>
    public static StreamSource OfFile(string path) => new(Path.GetFileName(path), () =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan));

    /// <inheritdoc/>
    public void Open() => _stream = open();

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, CancellationToken stop) => stop.IsCancellationRequested ? 0 : _stream!.Read(buffer);

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();
}
