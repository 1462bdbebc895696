namespace NanoFormer.Sensors
{
    /// <summary>The chip's self-test: each axis is moved electrically, and must answer as it did in the factory.</summary>
    /// <remarks>
    /// Register map RM-MPU-6000A, registers 13 to 16: the response is the output with the self-test on less the output with
    /// it off, at +-250 degrees per second and +-8 g. It may differ from the factory's value by 14 %. The chip must be at rest.
    /// The factory's values are stored as codes, whose meaning differs between the families: clones are not tested.
    /// </remarks>
    internal sealed class Mpu6050SelfTest
    {
        /// <summary>Greatest allowed difference from the factory's response, in thousandths of it.</summary>
        internal const int TolerancePermille = 140;

        private const int Axes = 3;
        private const int Samples = 16;
        private const int SamplePauseMilliseconds = 10;
        private const int SettleMilliseconds = 250;
        private const int FractionBits = 20;
        private const long GyroFirst = 3275L << FractionBits;  // 25 * 131 steps
        private const long GyroStep = 1096811;                 // 1.046 * 2^20
        private const long AccelFirst = 1460288881;            // 4096 * 0.34 steps, times 2^20
        private const long AccelStep = 1083952;                // (0.92 / 0.34)^(1 / 30) * 2^20

        private readonly RegisterPort _port;
        private readonly IClock _clock;
        private readonly byte[] _block = new byte[14];
        private readonly byte[] _codes = new byte[4];

        /// <summary>Uses the sensor's bus; touches no register.</summary>
        internal Mpu6050SelfTest(RegisterPort port, IClock clock)
        {
            _port = port;
            _clock = clock;
        }

        /// <summary>Greatest difference of the last run from the factory's response, in thousandths of it.</summary>
        internal int WorstPermille { get; private set; }

        /// <summary>Tests a chip, which must be captured or configured again afterwards. Takes 0.8 s.</summary>
        /// <returns>Ok, SelfTestFailed, NotSupported (a clone, or a chip without the factory's codes) or NoAcknowledge.</returns>
        internal SensorStatus Run(Mpu6050Chip chip)
        {
            WorstPermille = 0;
            if (chip.IsClone)
            {
                return SensorStatus.NotSupported;
            }

            int[] off = new int[2 * Axes];
            int[] on = new int[2 * Axes];
            bool answered = _port.ReadBurst(Mpu6050Registers.SelfTestX, _codes) == BusResult.Ok
                && Prepare()
                && Measure(0, off)
                && Measure(Mpu6050Registers.SelfTestBits, on);
            if (!answered)
            {
                return SensorStatus.NoAcknowledge;
            }

            for (int i = 0; i < 2 * Axes; i++)
            {
                int code = i < Axes ? AccelCode(i) : GyroCode(i - Axes);
                if (code == 0)
                {
                    return SensorStatus.NotSupported;
                }

                Compare(on[i] - off[i], i < Axes ? AccelResponse(code) : GyroResponse(code, i - Axes));
            }

            return WorstPermille <= TolerancePermille ? SensorStatus.Ok : SensorStatus.SelfTestFailed;
        }

        private bool Prepare()
        {
            return _port.Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.GyroClock)
                && _port.Write(Mpu6050Registers.PowerManagement2, 0)
                && _port.Write(Mpu6050Registers.SampleRateDivider, SamplePauseMilliseconds - 1)
                && _port.Write(Mpu6050Registers.Config, Mpu6050Registers.LowPass20Hz);
        }

        // Sums of the six values over the samples, accelerations first.
        private bool Measure(int selfTestBits, int[] sums)
        {
            if (!_port.Write(Mpu6050Registers.GyroConfig, selfTestBits)
                || !_port.Write(Mpu6050Registers.AccelConfig, Mpu6050Registers.Accel8G | selfTestBits))
            {
                return false;
            }

            _clock.Sleep(SettleMilliseconds);
            for (int n = 0; n < Samples; n++)
            {
                _clock.Sleep(SamplePauseMilliseconds);
                if (_port.ReadBurst(Mpu6050Registers.AccelX, _block) != BusResult.Ok)
                {
                    return false;
                }

                for (int i = 0; i < 2 * Axes; i++)
                {
                    // The temperature is between the two triples.
                    int at = 2 * (i < Axes ? i : i + 1);
                    sums[i] += (short)((_block[at] << 8) | _block[at + 1]);
                }
            }

            return true;
        }

        private void Compare(int responseSum, long factory)
        {
            long difference = (((long)responseSum << FractionBits) / Samples) - factory;
            long permille = difference / (factory / 1000);
            int size = (int)(permille < 0 ? -permille : permille);
            WorstPermille = size > WorstPermille ? size : WorstPermille;
        }

        // Three high bits beside the gyroscope's code, two low bits in the fourth register.
        private int AccelCode(int axis)
        {
            return ((_codes[axis] >> 3) & 0x1C) | ((_codes[Axes] >> (4 - (2 * axis))) & 3);
        }

        private int GyroCode(int axis)
        {
            return _codes[axis] & 0x1F;
        }

        private static long AccelResponse(int code)
        {
            return Grow(AccelFirst, AccelStep, code - 1);
        }

        // The Y axis answers the other way round.
        private static long GyroResponse(int code, int axis)
        {
            long response = Grow(GyroFirst, GyroStep, code - 1);
            return axis == 1 ? -response : response;
        }

        private static long Grow(long value, long factor, int times)
        {
            for (int i = 0; i < times; i++)
            {
                value = (value * factor) >> FractionBits;
            }

            return value;
        }
    }
}
