namespace NanoFormer.Data;

/// <summary>Takes recordings sample by sample: a writer, a summary, a list.</summary>
public interface IRecordingSink
{
    /// <summary>A recording begins.</summary>
    /// <param name="head">All but its samples and labels, which follow; its labels are null when it has none.</param>
    void Begin(Recording head);

    /// <summary>The next samples.</summary>
    /// <param name="samples">int16 [samples][channels].</param>
    /// <param name="labels">The class of each; empty when the recording has no labels.</param>
    void Add(ReadOnlySpan<short> samples, ReadOnlySpan<int> labels);

    /// <summary>The recording is over.</summary>
    void End();
}

/// <summary>Keeps recordings in memory.</summary>
internal sealed class RecordingList : IRecordingSink
{
    private readonly List<Recording> _all = [];
    private readonly List<short> _samples = [];
    private readonly List<int> _labels = [];
    private Recording? _head;

    /// <summary>The recordings so far.</summary>
    public IReadOnlyList<Recording> All => _all;

    public void Begin(Recording head) => _head = head;

    public void Add(ReadOnlySpan<short> samples, ReadOnlySpan<int> labels)
    {
        _samples.AddRange(samples);
        _labels.AddRange(labels);
    }

    public void End()
    {
        _all.Add(_head!.With(samples: [.. _samples], labels: _head!.Labels is null ? null : [.. _labels]));
        _samples.Clear();
        _labels.Clear();
    }
}

/// <summary>Hands recordings on to several takers.</summary>
public sealed class RecordingSinks(params IReadOnlyList<IRecordingSink> sinks) : IRecordingSink
{
    /// <inheritdoc/>
    public void Begin(Recording head)
    {
        foreach (var sink in sinks)
        {
            sink.Begin(head);
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<short> samples, ReadOnlySpan<int> labels)
    {
        foreach (var sink in sinks)
        {
            sink.Add(samples, labels);
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        foreach (var sink in sinks)
        {
            sink.End();
        }
    }
}
