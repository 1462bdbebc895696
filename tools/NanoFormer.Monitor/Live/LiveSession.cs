using NanoFormer.Board;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Live;

/// <summary>A session as it stands: its devices and what was found. Reading and showing go on at the same time under <see cref="Lock"/>.</summary>
/// <param name="board">Whose currents estimates use; null for no estimates.</param>
/// <param name="models">Knows the images that devices should have.</param>
public sealed class LiveSession(BoardProfile? board, IModelCatalog? models = null) : ISessionSink
{
    private const int FindingsKept = 1000;

    private readonly Dictionary<Device, DeviceView> _views = [];
    private readonly Dictionary<string, DeviceView> _byId = [];
    private readonly List<DeviceView> _devices = [];
    private readonly Queue<NumberedFinding> _findings = new();
    private readonly Dictionary<(FindingKind Kind, string? Remedy), FindingGroup> _groups = [];
    private Device? _lastDevice;
    private DeviceView? _lastView;

    /// <summary>Held while records are taken; hold it to read more than one property.</summary>
    public Lock Lock { get; } = new();

    /// <summary>The devices, in the order in which they spoke.</summary>
    public IReadOnlyList<DeviceView> Devices => _devices;

    /// <summary>The latest findings, oldest first.</summary>
    public IReadOnlyCollection<NumberedFinding> Findings => _findings;

    /// <summary>All that was found, one group for what has one remedy; by kind, then in the order in which they began.</summary>
    public IEnumerable<FindingGroup> Groups => _groups.Values.OrderBy(group => group.First.Kind);

    /// <summary>The board whose currents estimates use.</summary>
    public BoardProfile? Board => board;

    /// <summary>Findings so far; the number of the latest.</summary>
    public long LastFinding { get; private set; }

    /// <summary>Records so far.</summary>
    public long Records { get; private set; }

    /// <summary>The weightiest thing found.</summary>
    public FindingWeight Worst { get; private set; }

    /// <summary>Whether all sources are at their end.</summary>
    public bool IsEnded { get; private set; }

    /// <inheritdoc/>
    public void Take(scoped in LogRecord record, Boot boot)
    {
        lock (Lock)
        {
            Records++;
            var view = ViewOf(boot.Device);
            string? priority = view.Priority;
            view.Take(record, boot);
            if (view.IsAlarmed && view.Priority != priority)
            {
                Add(AlarmOf(record, boot, view));
            }
            else if (record.Kind == RecordKind.Head)
            {
                CheckModel(view, boot);
            }
            else if (record.Kind == RecordKind.Error)
            {
                Add(ErrorRemedies.Explain(record, boot, view.Name));
            }
            else if (record.Kind == RecordKind.Gap)
            {
                Add(ErrorRemedies.ExplainGap(record, boot, view.Name));
            }
        }
    }

    /// <inheritdoc/>
    public void Take(Finding finding)
    {
        lock (Lock)
        {
            Add(finding);
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        lock (Lock)
        {
            IsEnded = true;
        }
    }

    private static Finding AlarmOf(LogRecord record, Boot boot, DeviceView view) => new(FindingKind.Alarm, record.Line, FormattableString.Invariant(
        $"{view.Name}: the machine's priority is {view.Priority}, by a score of {record.Number("score"u8)} where {record.Number("threshold"u8)} is a warning"), 1, boot);

    private void Add(Finding finding)
    {
        var key = (finding.Kind, finding.Remedy);
        var group = _groups.GetValueOrDefault(key) ?? new FindingGroup(finding, 0);
        _groups[key] = group with { Count = group.Count + finding.Count };
        Worst = (FindingWeight)Math.Max((int)Worst, (int)finding.Weight);
        if (_findings.Count == FindingsKept)
        {
            _findings.Dequeue();
        }

        _findings.Enqueue(new NumberedFinding(++LastFinding, finding));
    }

    private DeviceView ViewOf(Device device)
    {
        if (device == _lastDevice && (device.Id is null || _lastView!.Name == device.Id))
        {
            return _lastView!;
        }

        if (!_views.TryGetValue(device, out var view) || (device.Id is { } id && view.Name != id))
        {
            view = device.Id is not null && _byId.TryGetValue(device.Id, out var known) ? known : Begin(device);
            _views[device] = view;
        }

        (_lastDevice, _lastView) = (device, view);
        return view;
    }

    private DeviceView Begin(Device device)
    {
        string name = device.Name;
        for (int i = 2; _devices.Exists(view => view.Name == name); i++)
        {
            name = FormattableString.Invariant($"{device.Name}-{i}");
        }

        var begun = new DeviceView(device, name);
        _devices.Add(begun);
        if (device.Id is not null)
        {
            _byId[device.Id] = begun;
        }

        return begun;
    }

    private void CheckModel(DeviceView view, Boot boot)
    {
        if (models is null || view.Device.Model is not { } model || view.Device.ModelCrc is not { } crc)
        {
            return;
        }

        var check = models.Check(model, crc);
        if (check is { IsOther: true } && check.Text != view.ModelCheck)
        {
            Add(new Finding(FindingKind.OtherModel, boot.LastLine, $"{view.Name}: {check.Text}", 1, boot));
        }

        view.ModelCheck = check?.Text;
    }
}

/// <summary>A finding with its number in the session.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Finding">The finding.</param>
public readonly record struct NumberedFinding(long Number, Finding Finding);

/// <summary>Findings of one kind with one remedy.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many records, or pieces, they stand for.</param>
public sealed record FindingGroup(Finding First, long Count);

/// <summary>Knows which images devices should have.</summary>
public interface IModelCatalog
{
    /// <summary>Holds a device's model against the image of that name; null when no such image is known.</summary>
    /// <param name="model">Model id.</param>
    /// <param name="crc">CRC-32 of the device's image, 8 hexadecimal digits.</param>
    ModelCheck? Check(string model, string crc);
}

/// <summary>How a device's model compares with an image.</summary>
/// <param name="IsOther">Whether it is another one.</param>
/// <param name="Text">The comparison in words.</param>
public sealed record ModelCheck(bool IsOther, string Text);
