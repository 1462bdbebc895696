using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace NanoFormer.Data.Tests.Discovery;

/// <summary>Made-up recordings of people who rest, walk and run, in the forms that strangers keep them in.</summary>
internal static class StrangersFolders
{
    /// <summary>What they do.</summary>
    public static readonly string[] Classes = ["sitting", "walking", "running"];

    /// <summary>A file for each person with a column of classes; time in ms since 1970, m/s2 and rad/s.</summary>
    public static string FilePerPerson(TemporaryFolder folder, string name = "people")
    {
        for (int person = 1; person <= 5; person++)
        {
            var text = new StringBuilder("timestamp_ms,acc_x,acc_y,acc_z,gyro_x,gyro_y,gyro_z,activity\n");
            double time = 1.7e12;
            foreach (string kind in Classes)
            {
                foreach (double[] row in Rows(kind, 12, 50, person, 9.80665))
                {
                    text.Append(Number($"{time + (row[0] * 1000):0},{Values(row)},{0.3 * row[1]:0.000},{0.1 * row[2]:0.000},0.010,{kind}\n"));
                }

                time += 12_000;
            }

            folder.Write($"{name}/subject_{person:00}.csv", text.ToString());
        }

        return folder.PathOf(name);
    }

    /// <summary>A folder for each gesture; no header, no time, gestures of a second parted by dashes, counts of a thousandth of a g.</summary>
    public static string WandFolders(TemporaryFolder folder)
    {
        folder.Write("wand/README.md", "Strokes in the air, captured at 25 Hz with a board.\n");
        foreach (var (turns, gesture) in new[] { (1, "wing"), (2, "ring"), (3, "slope") })
        {
            foreach (var (who, person) in new[] { "hyw", "shiyun", "tangsy", "dengyl" }.Select((who, i) => (who, i + 1)))
            {
                var random = new Random((turns * 10) + person);
                var text = new StringBuilder();
                for (int stroke = 0; stroke < 8; stroke++)
                {
                    text.Append(" -,-,-\n");
                    int length = random.Next(20, 40);
                    for (int i = 0; i < length; i++)
                    {
                        double turn = 2 * Math.PI * turns * i / length;
                        text.Append(Number($"{(600 * Math.Sin(turn)) + (40 * random.NextDouble()):0.0},{500 * Math.Cos(turn):0.0},{1000 + (100 * random.NextDouble()):0.0}\n"));
                    }
                }

                folder.Write($"wand/{gesture}/output_{gesture}_{who}.txt", text.ToString());
            }
        }

        return folder.PathOf("wand");
    }

    /// <summary>Names that tell class, person and repetition, such as <c>walking_fast_s01_2.csv</c>; seconds, g and deg/s.</summary>
    public static string NamedFiles(TemporaryFolder folder)
    {
        foreach (var (kind, label) in Classes.Zip(["sitting", "walking", "walking_fast"]))
        {
            for (int person = 1; person <= 4; person++)
            {
                for (int repetition = 1; repetition <= 2; repetition++)
                {
                    var text = new StringBuilder("time,aX,aY,aZ,gX,gY,gZ\n");
                    foreach (double[] row in Rows(kind, 8, 50, (person * 2) + repetition, 1))
                    {
                        text.Append(Number($"{row[0]:0.000},{Values(row)},{90 * row[1]:0.0},{20 * row[2]:0.0},1.5\n"));
                    }

                    folder.Write($"named/{label}_s{person:00}_{repetition}.csv", text.ToString());
                }
            }
        }

        return folder.PathOf("named");
    }

    /// <summary>One long file without a header: person, class, nanoseconds, x, y, z, lines that end in a semicolon.</summary>
    public static string OneLongFile(TemporaryFolder folder)
    {
        var text = new StringBuilder();
        long time = 49_105_962_326_000;
        for (int person = 1; person <= 6; person++)
        {
            foreach (string kind in Classes)
            {
                foreach (double[] row in Rows(kind, 15, 20, person, 9.80665))
                {
                    text.Append(Number($"{person},{kind},{time + (row[0] * 1e9):0},{Values(row)};\n"));
                }

                time += 16_000_000_000;
            }
        }

        folder.Write("long/raw.txt", text.ToString());
        return folder.PathOf("long");
    }

    /// <summary>Packets of ten samples by radio, microseconds, semicolons, classes as numbers, a file for each person.</summary>
    public static string Packets(TemporaryFolder folder)
    {
        for (int person = 1; person <= 4; person++)
        {
            var text = new StringBuilder("t_us;ax;ay;az;label\n");
            int sample = 0;
            foreach (var (label, kind) in Classes.Index())
            {
                foreach (double[] row in Rows(kind, 12, 50, person, 1))
                {
                    text.Append(Number($"{(sample / 10 * 200_000) + (sample % 10 * 1000)};{Values(row, ";")};{label}\n"));
                    sample++;
                }
            }

            folder.Write($"packets/p{person}.csv", text.ToString());
        }

        return folder.PathOf("packets");
    }

    /// <summary>A folder for each person with a file for each class; dates of ISO 8601; two places and a magnetometer.</summary>
    public static string PeoplesFolders(TemporaryFolder folder)
    {
        foreach (var (who, person) in new[] { "anna", "ben", "carla", "dora" }.Select((who, i) => (who, i + 1)))
        {
            foreach (string kind in Classes)
            {
                var text = new StringBuilder(
                    "datetime,wrist_acc_x,wrist_acc_y,wrist_acc_z,wrist_mag_x,wrist_mag_y,wrist_mag_z,chest_acc_x,chest_acc_y,chest_acc_z,heart_rate\n");
                foreach (double[] row in Rows(kind, 10, 50, person, 9.80665))
                {
                    var time = new DateTime(2026, 1, 2, 10, 0, 0, DateTimeKind.Utc).AddMilliseconds(Math.Round(row[0] * 1000));
                    text.Append(Number($"{time:yyyy-MM-ddTHH:mm:ss.fff}Z,{Values(row)},30,-12,44.5,{Values(row)},71\n"));
                }

                folder.Write($"several/{who}/{kind}.csv", text.ToString());
            }
        }

        return folder.PathOf("several");
    }

    /// <summary>A phone's gzipped files in a folder for each class; uneven stamps in seconds; the last person's are in g, the others' in m/s2.</summary>
    public static string Phone(TemporaryFolder folder)
    {
        foreach (string kind in Classes)
        {
            for (int person = 1; person <= 4; person++)
            {
                var random = new Random(person);
                var text = new StringBuilder("Time (s),Acceleration x (m/s^2),Acceleration y (m/s^2),Acceleration z (m/s^2)\n");
                foreach (double[] row in Rows(kind, 10, 100, person, person == 4 ? 1 : 9.80665))
                {
                    text.Append(Number($"{row[0] + (0.009 * random.NextDouble()):0.00000},{Values(row)}\n"));
                }

                string path = folder.PathOf($"phone/{kind}/user{person}_rec1.csv.gz");
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
                packed.Write(Encoding.UTF8.GetBytes(text.ToString()));
            }
        }

        return folder.PathOf("phone");
    }

    /// <summary>
    /// A folder for each recording of a phone with a file for each sensor, all with the same columns, the gyroscope's samples at other times:
    /// it turns about x by a tenth of the time in rad/s. Acceleration without gravity and with it; gravity; what is not a sensor.
    /// </summary>
    public static string SensorFiles(TemporaryFolder folder)
    {
        foreach (string kind in Classes)
        {
            for (int person = 1; person <= 4; person++)
            {
                var (total, linear, gravity, gyroscope) = (Sensor(), Sensor(), Sensor(), Sensor());
                foreach (double[] row in Rows(kind, 10, 50, person, 9.80665))
                {
                    AddRow(total, row[0], row[1], row[2], row[3]);
                    AddRow(linear, row[0], row[1], row[2], row[3] - 9.8);
                    AddRow(gravity, row[0], 0, 0, 9.8);
                    AddRow(gyroscope, row[0] + 0.0073, 0.1 * (row[0] + 0.0073), row[1], 0.01);
                }

                string path = $"sensors/{kind}_s{person:00}";
                folder.Write($"{path}/TotalAcceleration.csv", total.ToString());
                folder.Write($"{path}/Accelerometer.csv", linear.ToString());
                folder.Write($"{path}/Gravity.csv", gravity.ToString());
                folder.Write($"{path}/Gyroscope.csv", gyroscope.ToString());
                folder.Write($"{path}/Metadata.csv", "version,device\n3,phone\n");
            }
        }

        return folder.PathOf("sensors");

        static StringBuilder Sensor() => new("time,seconds_elapsed,z,y,x\n");

        static void AddRow(StringBuilder text, double time, double x, double y, double z) =>
            text.Append(Number($"{1.7e18 + Math.Round(time * 1e9):0},{time:0.0000000},{z:0.0000000},{y:0.0000000},{x:0.0000000}\n"));
    }

    /// <summary>Time in seconds and acceleration.</summary>
    public static IEnumerable<double[]> Rows(string kind, int seconds, int rate, int person, double oneG)
    {
        var random = new Random((person * 97) + kind.Length + kind[0]);
        var (hertz, size) = kind switch { "walking" => (1.7, 0.3), "running" => (2.7, 0.9), _ => (0, 0) };
        for (int i = 0; i < seconds * rate; i++)
        {
            var (time, noise) = ((double)i / rate, 0.02 * (random.NextDouble() - 0.5));
            double swing = size * Math.Sin((2 * Math.PI * hertz * time) + person);
            yield return [time, oneG * ((0.4 * swing) + noise), oneG * (noise + (kind == "sitting" ? 0.6 : 0.1)), oneG * ((kind == "sitting" ? 0.8 : 1) + swing - noise)];
        }
    }

    private static string Values(double[] row, string between = ",") => string.Join(between, row[1..4].Select(value => Number($"{value:0.0000}")));

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
