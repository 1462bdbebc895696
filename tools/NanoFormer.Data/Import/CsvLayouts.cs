namespace NanoFormer.Data.Import;

/// <summary>
/// CSV files of known devices and programs, by name. What the user states goes before what a layout says. A new one needs an entry here, a
/// test, and a line in README.md.
/// </summary>
public static class CsvLayouts
{
    /// <summary>The layouts.</summary>
    public static IReadOnlyDictionary<string, CsvSourceOptions> All { get; } = new SortedDictionary<string, CsvSourceOptions>
    {
        // WISDM, activity recognition from phones (https://www.cis.fordham.edu/wisdm/dataset.php): no header, lines end with a semicolon.
        ["wisdm"] = new()
        {
            ColumnNames = ["user", "activity", "timestamp", "x", "y", "z"],
            Channels = Axes("", "", "m/s2"),
            TimeColumn = "timestamp",
            TimeUnitSeconds = 1e-9,
            LabelColumn = "activity",
            SubjectColumn = "user",
        },
        // Shimmer3, exported by Consensys: names begin with the device's, a line of units follows the header.
        ["shimmer"] = new()
        {
            Channels = [.. Shimmer("acc", "Accel_WR", "m/s2"), .. Shimmer("gyro", "Gyro", "deg/s")],
            TimeColumn = "*_Timestamp_Unix_CAL",
            TimeUnitSeconds = 1e-3,
            LinesAfterHeader = 1,
        },
        // Axivity AX3 and AX6, exported by OmGui (https://github.com/openmovementproject/openmovement): dates, a header or none.
        ["axivity"] = new() { ColumnNames = ["time", "acc_x", "acc_y", "acc_z"], Channels = Axes("acc_", "", "g"), TimeColumn = "time" },
        ["axivity-ax6"] = new()
        {
            ColumnNames = ["time", "acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"],
            Channels = [.. Axes("acc_", "", "g"), .. Axes("gyro_", "", "deg/s")],
            TimeColumn = "time",
        },
        // Sensor Logger (https://github.com/tszheichoi/awesome-sensor-logger): a file per sensor; time in nanoseconds since 1970.
        ["sensor-logger"] = new() { Channels = Axes("", "", "m/s2"), TimeColumn = "time", TimeUnitSeconds = 1e-9 },
        ["sensor-logger-gyroscope"] = new() { Channels = Axes("", "", "rad/s"), TimeColumn = "time", TimeUnitSeconds = 1e-9 },
        // phyphox (https://phyphox.org): a file per sensor, parted and pointed as the phone's user chose.
        ["phyphox"] = new() { Channels = Phyphox("acc", "*cceleration", "m/s^2", "m/s2"), TimeColumn = "Time (s)" },
        ["phyphox-gyroscope"] = new() { Channels = Phyphox("gyro", "Gyroscope", "rad/s", "rad/s"), TimeColumn = "Time (s)" },
    };

    /// <summary>A layout by its name.</summary>
    /// <exception cref="DataException"><see cref="DataError.BadOption"/>: there is none of that name.</exception>
    public static CsvSourceOptions Of(string name) => All.TryGetValue(name, out var layout)
        ? layout
        : throw new DataException(DataError.BadOption, $"'{name}' is not a layout; there are {string.Join(", ", All.Keys)}.");

    private static SourceChannel[] Axes(string before, string after, string unit) =>
        [.. "xyz".Select(axis => new SourceChannel($"{before}{axis}{after}", unit))];

    private static SourceChannel[] Shimmer(string name, string sensor, string unit) =>
        [.. "xyz".Select(axis => new SourceChannel($"{name}_{axis}", unit) { Column = $"*_{sensor}_{char.ToUpperInvariant(axis)}_CAL" })];

    private static SourceChannel[] Phyphox(string name, string quantity, string written, string unit) =>
        [.. "xyz".Select(axis => new SourceChannel($"{name}_{axis}", unit) { Column = $"{quantity} {axis} ({written})" })];
}
