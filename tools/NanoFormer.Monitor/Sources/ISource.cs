namespace NanoFormer.Monitor.Sources;

/// <summary>Where bytes of logs come from. What follows needs no more: a file, a port, a socket, and later a fleet's queue.</summary>
public interface ISource : IDisposable
{
    /// <summary>What it is called in messages.</summary>
    string Name { get; }

    /// <summary>Whether it goes on forever, and comes back after it went away; else it has an end.</summary>
    bool IsLive { get; }

    /// <summary>The port that devices without an id are named by; null where many may speak.</summary>
    string? Port { get; }

    /// <summary>Opens it, for the first time or again.</summary>
    /// <exception cref="IOException">It is not there, or not now.</exception>
    /// <exception cref="UnauthorizedAccessException">It is there, but not for this user.</exception>
    void Open();

    /// <summary>Waits for bytes.</summary>
    /// <param name="buffer">Gets them.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>How many came; 0 at the end of a source, -1 when none came for a while.</returns>
    /// <exception cref="IOException">A live source went away.</exception>
    int Read(Span<byte> buffer, CancellationToken stop);
}
