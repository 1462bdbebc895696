using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoFormer.Data.Preparation;
using NanoFormer.Files;

namespace NanoFormer.Data.Storage;

/// <summary>Writes data sets that <see cref="PackedDataset"/> reads; README.md describes both formats.</summary>
public static class DatasetWriter
{
    /// <summary>Writes recordings of one rate, one set of channels and one list of classes.</summary>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="name">Name of the set.</param>
    /// <param name="recordings">The recordings.</param>
    /// <param name="replace">Whether a data set that is there already may be replaced.</param>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: they differ, or there are none.
    /// <see cref="DataError.FolderNotEmpty"/>: the folder holds something that may not be replaced.</exception>
    public static void WriteRecordings(string folder, string name, IReadOnlyList<Recording> recordings, bool replace = false)
    {
        RecordingKind.RequireSame(recordings);
        using var writer = new RecordingsWriter(folder, name, replace);
        foreach (var recording in recordings)
        {
            writer.Begin(recording);
            writer.Add(recording.Samples, recording.Labels);
            writer.End();
        }

        writer.Commit();
    }

    /// <summary>Writes windows in parts, such as <c>train</c> and <c>test</c>, each with the place every window was cut at.</summary>
    /// <inheritdoc cref="WriteRecordings" path="/exception"/>
    public static void WriteWindows(string folder, string name, IReadOnlyDictionary<string, CutWindows> parts, bool replace = false)
    {
        using var writer = new PackedWriter(folder, replace);
        var rows = new StringBuilder("row,split,label,subject,recording,start\n");
        int row = 0;
        foreach (var (part, cut) in parts)
        {
            using (var stream = writer.BeginInt16(part))
            {
                stream.Write(cut.Windows.Samples);
            }

            for (int i = 0; i < cut.Windows.Count; i++)
            {
                rows.Append(CultureInfo.InvariantCulture, $"{row++},{part},{cut.Windows.Labels[i]},")
                    .Append(CultureInfo.InvariantCulture, $"{CsvText.Quoted(cut.Windows.Subjects[i])},")
                    .Append(CultureInfo.InvariantCulture, $"{CsvText.Quoted(cut.Origins[i].Recording)},{cut.Origins[i].Start}\n");
            }
        }

        writer.WriteText(StoredFormat.RowsKey, "csv", rows.ToString());
        var windows = parts.Values.First().Windows;
        writer.WriteHeader(StoredFormat.Windows, name, windows.RateHz, windows.Channels, windows.ClassNames,
            new JsonObject { ["window_samples"] = windows.WindowSamples });
    }
}

/// <summary>Writes recordings sample by sample; the set is there once it is committed.</summary>
public sealed class RecordingsWriter : IRecordingSink, IDisposable
{
    private readonly string _name;
    private readonly PackedWriter _writer;
    private readonly PackedWriter.PackedStream _signal;
    private readonly JsonArray _stored = [];
    private readonly List<StoredSpan> _spans = [];
    private Recording? _first;
    private Recording? _head;
    private int _offset;
    private int _samples;
    private bool _isEnded;

    /// <summary>Opens a folder; it is made when it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Name of the set.</param>
    /// <param name="replace">Whether a data set that is there already may be replaced.</param>
    /// <exception cref="DataException">
    /// <see cref="DataError.FolderNotEmpty"/>: the folder holds something that may not be replaced.
    /// </exception>
    public RecordingsWriter(string folder, string name, bool replace)
    {
        _name = name;
        _writer = new PackedWriter(folder, replace);
        _signal = _writer.BeginInt16(StoredFormat.SignalKey);
    }

    /// <inheritdoc/>
    public void Begin(Recording head)
    {
        _head = head;
        _first ??= head;
        _samples = 0;
        _spans.Clear();
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<short> samples, ReadOnlySpan<int> labels)
    {
        _signal.Write(samples);
        for (int begin = 0; begin < labels.Length;)
        {
            int next = labels[begin..].IndexOfAnyExcept(labels[begin]);
            int count = next < 0 ? labels.Length - begin : next;
            AddSpan(labels[begin], _samples + begin, count);
            begin += count;
        }

        _samples += samples.Length / _head!.Channels.Count;
    }

    /// <inheritdoc/>
    public void End()
    {
        var stored = new StoredRecording(
            _head!.Name, _head.Source.Length > 0 ? _head.Source : null, _head.Subject, _head.Split, _offset, _samples,
            _head.Labels is null ? null : [.. _spans]);
        _stored.Add(JsonSerializer.SerializeToNode(stored));
        _offset = checked(_offset + _samples);
    }

    /// <summary>Puts the set in its place.</summary>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: there are no recordings.</exception>
    public void Commit()
    {
        EndSignal();
        var first = _first ?? throw new DataException(DataError.Incompatible, "There are no recordings.");
        _writer.WriteHeader(StoredFormat.Recordings, _name, first.RateHz, first.Channels, first.ClassNames,
            new JsonObject { ["recordings"] = _stored });
    }

    /// <summary>Leaves the folder as it was, unless the set was committed.</summary>
    public void Dispose()
    {
        EndSignal();
        _writer.Dispose();
    }

    private void EndSignal()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            _signal.Dispose();
        }
    }

    private void AddSpan(int label, int start, int count)
    {
        if (label == Recording.Unlabelled)
        {
            return;
        }

        string name = _head!.ClassNames[label];
        if (_spans.Count > 0 && _spans[^1] is var last && last.Label == name && last.Start + last.Samples == start)
        {
            _spans[^1] = last with { Samples = last.Samples + count };
            return;
        }

        _spans.Add(new StoredSpan(name, start, count));
    }
}
