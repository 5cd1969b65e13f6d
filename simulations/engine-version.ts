/** Version of the simulator; raised with every change that can change a number of a run. */
export const engineVersion = '2.0.0';
