namespace NanoFormer.Logs;

/// <summary>What a reader of logs finds beside records.</summary>
public enum FindingKind
{
    /// <summary>A line or piece of a record whose checksum is wrong or missing.</summary>
    Torn,

    /// <summary>A line cut off where the log began or ended, or the device lost its power.</summary>
    TornEdge,

    /// <summary>Numbers of records that did not arrive.</summary>
    Lost,

    /// <summary>A record that arrived after its successors, into a place that was counted as lost.</summary>
    Late,

    /// <summary>A record put together again from the pieces of a broken line; its checksum proves it.</summary>
    Rejoined,

    /// <summary>A record from which control bytes, time stamps or foreign text were taken; its checksum proves it.</summary>
    Cleaned,

    /// <summary>Numbers or times go back or jump without a boot: what follows is another boot, or another device.</summary>
    Cut,

    /// <summary>Two devices in one log whose numbers and times do not tell them apart.</summary>
    Entangled,

    /// <summary>A boot whose records were all in the log before.</summary>
    Repeated,

    /// <summary>A record that no device continues and no other record confirms; it is not used.</summary>
    Unplaced,

    /// <summary>Bytes that are not text: a wrong baud rate, or a port of another kind.</summary>
    NotText,

    /// <summary>The log begins in the middle of a boot.</summary>
    Joined,

    /// <summary>The device started again.</summary>
    Reboot,

    /// <summary>The device reports a fault of its own.</summary>
    DeviceError,

    /// <summary>The machine that the device watches is not as usual, or not as it should be.</summary>
    Alarm,

    /// <summary>The device reports that samples are missing.</summary>
    Gap,

    /// <summary>The device runs another model than the image that is named or shipped under that name.</summary>
    OtherModel,

    /// <summary>A source that went away, or came back.</summary>
    Connection,
}

/// <summary>How much a finding weighs.</summary>
public enum FindingWeight
{
    /// <summary>Nothing is lost by it.</summary>
    Note,

    /// <summary>Something is lost or doubtful.</summary>
    Warning,

    /// <summary>Someone must act.</summary>
    Error,
}

/// <summary>One thing found.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Line">Line of the source, from 1; 0 when it is of no line.</param>
/// <param name="Text">What was found, without a full stop.</param>
/// <param name="Count">How many records, or pieces, it stands for.</param>
/// <param name="Boot">The boot it is of; null when it is of none.</param>
public sealed record Finding(FindingKind Kind, long Line, string Text, long Count = 1, Boot? Boot = null)
{
    /// <summary>How much it weighs.</summary>
    public FindingWeight Weight => Kind switch
    {
        FindingKind.DeviceError or FindingKind.Alarm or FindingKind.OtherModel or FindingKind.NotText or FindingKind.Entangled => FindingWeight.Error,
        FindingKind.Torn or FindingKind.Lost or FindingKind.Cut or FindingKind.Unplaced or FindingKind.Repeated => FindingWeight.Warning,
        FindingKind.Connection or FindingKind.Gap => FindingWeight.Warning,
        FindingKind.TornEdge or FindingKind.Late or FindingKind.Rejoined or FindingKind.Cleaned or FindingKind.Joined or FindingKind.Reboot =>
            FindingWeight.Note,
        _ => throw new InvalidOperationException($"{Kind} has no weight."),
    };

    /// <summary>What to do about it; given for a kind, and by a device's error for that error.</summary>
    public string? Remedy { get; init; } = RemedyOf(Kind);

    private static string? RemedyOf(FindingKind kind) => kind switch
    {
        FindingKind.Torn => "Noise or an overrun on the line: shorten the cable, join the grounds, use one reader per port.",
        FindingKind.Lost => "The port was not read, or not plugged in, at that time: keep the reader running. If lines are torn too, it is the line that lost them.",
        FindingKind.Cut => "Two logs were joined without a boot between them, or two devices share a file. Keep one file per device and session.",
        FindingKind.Entangled => "Give each device an id (the setting DeviceId), or log each port to a file of its own.",
        FindingKind.Repeated => "The same log was appended twice. Each record is counted once.",
        FindingKind.Unplaced => "A chance checksum, or one line of another device. Nothing to do when it is rare.",
        FindingKind.NotText => "Set the baud rate of the log, 115200 unless the settings say otherwise (--baud); check RX, TX and ground.",
        FindingKind.Alarm => "Look at the machine: what changed since its scores were usual? After a repair let the device learn again (firmware/README.md).",
        FindingKind.OtherModel => "Flash the model again (./run flash), or name the image that the device should have with --model.",
        FindingKind.Connection => "Plug the cable in again; the reader goes on by itself.",
        _ => null,
    };
}
