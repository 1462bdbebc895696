namespace NanoFormer.Sensors
{
    /// <summary>How a chip finds motion by itself.</summary>
    public enum MotionDetection
    {
        /// <summary>Not at all, or in a way that is not known.</summary>
        None = 0,

        /// <summary>MPU6050: a high-pass filter, one threshold (0x1F) and a duration; bit 6 of the interrupts.</summary>
        HighPass = 1,

        /// <summary>MPU6500 family: the difference from the sample before, one threshold (0x1F); bit 6 of the interrupts.</summary>
        Difference = 2,

        /// <summary>ICM-206xx family: the same with a threshold per axis (0x20 to 0x22); bits 7 to 5 of the interrupts.</summary>
        DifferencePerAxis = 3,
    }

    /// <summary>What the identity register tells: the genuine chip, or one of the parts that share its registers.</summary>
    /// <remarks>
    /// Registers of data, ranges, clock and FIFO are the same in all of them. By the makers' register maps (MPU-6000A, MPU-6500, ICM-20602,
    /// ICM-20608, ICM-20689, MPU6886) and Linux's inv_mpu6050 driver.
    /// </remarks>
    public sealed class Mpu6050Chip
    {
        /// <summary>WHO_AM_I of an MPU6050.</summary>
        public const int GenuineId = 0x68;

        private const int SmallestFifo = 512;

        private Mpu6050Chip(int id, MotionDetection detection, int fifoBytes, bool hasTemperatureInFifo)
        {
            Id = id;
            Detection = detection;
            FifoBytes = fifoBytes;
            HasTemperatureInFifo = hasTemperatureInFifo;
        }

        /// <summary>Content of WHO_AM_I.</summary>
        public int Id { get; }

        /// <summary>How it finds motion.</summary>
        public MotionDetection Detection { get; }

        /// <summary>Bytes the FIFO is sure to hold.</summary>
        public int FifoBytes { get; }

        /// <summary>Whether each packet of the FIFO has the temperature between acceleration and rotation, asked for or not.</summary>
        public bool HasTemperatureInFifo { get; }

        /// <summary>True for a part that is not an MPU6050 but works like one.</summary>
        public bool IsClone
        {
            get { return Id != GenuineId; }
        }

        /// <summary>The chip with an identity, or null when the identity is not known.</summary>
        public static Mpu6050Chip FromId(int id)
        {
            switch (id)
            {
                case GenuineId:
                    return new Mpu6050Chip(id, MotionDetection.HighPass, 1024, false);
                case 0x70: // MPU6500
                case 0x71: // MPU9250
                case 0x72: // without a name on it
                case 0x73: // MPU9255
                case 0x74: // MPU6515
                    return new Mpu6050Chip(id, MotionDetection.Difference, SmallestFifo, false);
                case 0x98: // ICM-20689
                case 0xAE: // ICM-20608-D
                case 0xAF: // ICM-20608-G
                    return new Mpu6050Chip(id, MotionDetection.DifferencePerAxis, SmallestFifo, false);
                case 0x11: // ICM-20600
                case 0x12: // ICM-20602
                case 0x19: // MPU6886, in M5Stack's devices
                    return new Mpu6050Chip(id, MotionDetection.DifferencePerAxis, SmallestFifo, true);
                default:
                    return null;
            }
        }

        /// <summary>A chip whose identity is not known: what all have in common, without motion detection.</summary>
        public static Mpu6050Chip Unknown(int id)
        {
            return new Mpu6050Chip(id, MotionDetection.None, SmallestFifo, false);
        }

        /// <summary>Die temperature in hundredths of a degree Celsius from the raw register.</summary>
        public int CentiCelsius(int raw)
        {
            switch (Detection)
            {
                case MotionDetection.HighPass: return (raw * 5 / 17) + 3653;                 // raw / 340 + 36.53
                case MotionDetection.DifferencePerAxis: return (raw * 1000 / 3268) + 2500;   // raw / 326.8 + 25
                default: return (raw * 1000 / 3339) + 2100;                                  // raw / 333.87 + 21
            }
        }
    }
}
