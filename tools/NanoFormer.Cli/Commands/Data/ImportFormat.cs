namespace NanoFormer.Cli.Commands.Data;

/// <summary>The forms recordings come in.</summary>
internal enum ImportFormat
{
    /// <summary>Text with a header line.</summary>
    Csv,

    /// <summary>A folder with header.json and packed files.</summary>
    Packed,

    /// <summary>Edge Impulse's data acquisition format, in JSON.</summary>
    EdgeImpulse,

    /// <summary>A device's serial log with collect records.</summary>
    Log,
}
